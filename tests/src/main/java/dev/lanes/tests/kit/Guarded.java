package dev.lanes.tests.kit;

/**
 * An operand inside a larger array: the room before, behind and between its rows is filled with a NaN that occurs
 * nowhere else, and looked at afterwards bit by bit.
 *
 * <pre>
 *   array  | guard | row 0 | guard | row 1 | guard |
 *                  ^ offset        ^ offset + leading
 * </pre>
 */
public final class Guarded {
    private static final int GUARD = 0x7fe1_dead;
    private static final long LONG_GUARD = 0x7ffc_2dea_d2de_ad2dL;

    private final String name;
    private final int columns;
    private final int leading;
    private final int offset;
    private final int end;
    private final float[] array;
    private final double[] doubles;
    /** The bits of all values when they were frozen; null where they may change. */
    private long[] frozen;

    /**
     * Makes an operand of {@code rows x columns} with {@code before} and {@code behind} values of guard around it.
     *
     * @param wide whether its values are doubles
     */
    Guarded(String name, int rows, int columns, int leading, int before, int behind, boolean wide) {
        this.name = name;
        this.columns = columns;
        this.leading = leading;
        this.offset = before;
        this.end = before + (rows == 0 || columns == 0 ? 0 : (rows - 1) * leading + columns);
        this.array = wide ? null : new float[end + behind];
        this.doubles = wide ? new double[end + behind] : null;
        for (int i = 0; i < end + behind; i++) {
            bits(i, wide ? LONG_GUARD : GUARD);
        }
    }

    /** Returns the array to hand to a kernel of floats. */
    public float[] array() {
        return array;
    }

    /** Returns the array to hand to a kernel of doubles. */
    public double[] doubles() {
        return doubles;
    }

    /** Returns the index of the operand's first value. */
    public int offset() {
        return offset;
    }

    String name() {
        return name;
    }

    /** Writes the values in row-major order. */
    Guarded set(float[] values) {
        int next = 0;
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                array[i] = values[next++];
            }
        }
        if (next != values.length) {
            throw new IllegalArgumentException(name + " has " + next + " places for " + values.length + " values");
        }
        return this;
    }

    /** Writes the values in row-major order. */
    Guarded set(double[] values) {
        int next = 0;
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                doubles[i] = values[next++];
            }
        }
        if (next != values.length) {
            throw new IllegalArgumentException(name + " has " + next + " places for " + values.length + " values");
        }
        return this;
    }

    /** Writes the same bits everywhere. */
    Guarded poison(Poison poison) {
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                bits(i, doubles == null ? poison.floatBits : poison.doubleBits);
            }
        }
        return this;
    }

    /** Remembers the values, which must not change from here on. */
    Guarded freeze() {
        frozen = new long[length()];
        for (int i = 0; i < frozen.length; i++) {
            frozen[i] = bits(i);
        }
        return this;
    }

    /** Returns the values in row-major order. */
    double[] values() {
        double[] values = new double[length()];
        int next = 0;
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                values[next++] = value(i);
            }
        }
        return java.util.Arrays.copyOf(values, next);
    }

    private int length() {
        return doubles == null ? array.length : doubles.length;
    }

    private double value(int i) {
        return doubles == null ? array[i] : doubles[i];
    }

    private long bits(int i) {
        return doubles == null ? Float.floatToRawIntBits(array[i]) : Double.doubleToRawLongBits(doubles[i]);
    }

    private void bits(int i, long bits) {
        if (doubles == null) {
            array[i] = Float.intBitsToFloat((int) bits);
        } else {
            doubles[i] = Double.longBitsToDouble(bits);
        }
    }

    private boolean inside(int i) {
        return i >= offset && i < end && (i - offset) % leading < columns;
    }

    /** Throws if a guard, or a value that is frozen, has other bits than before. */
    void check() {
        for (int i = 0; i < length(); i++) {
            if (!inside(i)) {
                if (bits(i) != (doubles == null ? GUARD : LONG_GUARD)) {
                    throw new AssertionError("wrote " + value(i) + " outside " + name + ", at " + (i - offset)
                            + " from its first value");
                }
            } else if (frozen != null && bits(i) != frozen[i]) {
                throw new AssertionError("changed the input " + name + " at " + (i - offset) + " to " + value(i));
            }
        }
    }
}
