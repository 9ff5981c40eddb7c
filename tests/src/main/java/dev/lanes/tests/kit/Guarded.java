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

    private final String name;
    private final int columns;
    private final int leading;
    private final int offset;
    private final int end;
    private final float[] array;
    private float[] frozen;

    /** Makes an operand of {@code rows x columns} with {@code before} and {@code behind} values of guard around it. */
    Guarded(String name, int rows, int columns, int leading, int before, int behind) {
        this.name = name;
        this.columns = columns;
        this.leading = leading;
        this.offset = before;
        this.end = before + (rows == 0 || columns == 0 ? 0 : (rows - 1) * leading + columns);
        this.array = new float[end + behind];
        java.util.Arrays.fill(array, Float.intBitsToFloat(GUARD));
    }

    /** Returns the array to hand to a kernel. */
    public float[] array() {
        return array;
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

    /** Writes the same bits everywhere. */
    Guarded poison(int bits) {
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                array[i] = Float.intBitsToFloat(bits);
            }
        }
        return this;
    }

    /** Remembers the values, which must not change from here on. */
    Guarded freeze() {
        frozen = array.clone();
        return this;
    }

    /** Returns the values in row-major order. */
    float[] values() {
        float[] values = new float[array.length];
        int next = 0;
        for (int i = offset; i < end; i++) {
            if (inside(i)) {
                values[next++] = array[i];
            }
        }
        return java.util.Arrays.copyOf(values, next);
    }

    private boolean inside(int i) {
        return i >= offset && i < end && (i - offset) % leading < columns;
    }

    /** Throws if a guard, or a value that is frozen, has other bits than before. */
    void check() {
        for (int i = 0; i < array.length; i++) {
            int bits = Float.floatToRawIntBits(array[i]);
            if (!inside(i)) {
                if (bits != GUARD) {
                    throw new AssertionError("wrote " + array[i] + " outside " + name + ", at " + (i - offset)
                            + " from its first value");
                }
            } else if (frozen != null && bits != Float.floatToRawIntBits(frozen[i])) {
                throw new AssertionError(
                        "changed the input " + name + " at " + (i - offset) + " from " + frozen[i] + " to " + array[i]);
            }
        }
    }
}
