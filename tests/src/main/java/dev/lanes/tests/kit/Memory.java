package dev.lanes.tests.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands out the operands of one run of one case, in one of three styles, and looks at all of them afterwards.
 *
 * <p>The same case runs in every style: its code names the operands and knows nothing of guards and poison.
 */
public final class Memory {
    /** What surrounds the operands, and what they hold. */
    public enum Style {
        /** At odd offsets between guards; outputs poisoned with NaN. */
        GUARDED(Poison.NAN),
        /** From the first to the last place of its array, so that no index beyond exists; outputs poisoned with HUGE. */
        TIGHT(Poison.HUGE),
        /** As TIGHT, with the absolute values of all inputs: makes the sums of absolute products. */
        ABSOLUTE(Poison.HUGE);

        private final Poison poison;

        Style(Poison poison) {
            this.poison = poison;
        }
    }

    private static final int INT_GUARD = 0x6b6b_6b6b;

    private final Style style;
    private final List<Guarded> operands = new ArrayList<>();
    private final Map<String, Guarded> outputs = new LinkedHashMap<>();
    private final Map<String, int[]> intOutputs = new LinkedHashMap<>();
    private final Map<int[], int[]> intInputs = new LinkedHashMap<>();

    /** Makes memory of one style. */
    public Memory(Style style) {
        this.style = style;
    }

    /** Returns a scalar as the style wants it. */
    public float scalar(float value) {
        return style == Style.ABSOLUTE ? Math.abs(value) : value;
    }

    /** Returns a scalar as the style wants it. */
    public double scalar(double value) {
        return style == Style.ABSOLUTE ? Math.abs(value) : value;
    }

    /** Tells whether sums of absolute values are wanted; then nothing may be clamped. */
    public boolean absolute() {
        return style == Style.ABSOLUTE;
    }

    /** Returns an operand without gaps that must not change. */
    public Guarded input(String name, float[] values) {
        return input(name, 1, values.length, values.length, values);
    }

    /** Returns a matrix of rows {@code leading} apart that must not change. */
    public Guarded input(String name, int rows, int columns, int leading, float[] values) {
        return place(name, rows, columns, leading, false).set(styled(values)).freeze();
    }

    /** Returns an output without gaps, poisoned. */
    public Guarded output(String name, int length) {
        return output(name, 1, length, length);
    }

    /** Returns an output matrix of rows {@code leading} apart, poisoned. */
    public Guarded output(String name, int rows, int columns, int leading) {
        Guarded operand = place(name, rows, columns, leading, false).poison(style.poison);
        outputs.put(name, operand);
        return operand;
    }

    /** Returns an output whose first value stands at index 0, as arrays that are passed without offset. */
    public float[] outputFromStart(String name, int length) {
        Guarded operand = new Guarded(name, 1, length, Math.max(1, length), 0, behind(), false);
        operands.add(operand.poison(style.poison));
        outputs.put(name, operand);
        return operand.array();
    }

    /** Returns an operand that is read and overwritten. */
    public Guarded updated(String name, float[] values) {
        return updated(name, 1, values.length, values.length, values);
    }

    /** Returns a matrix of rows {@code leading} apart that is read and overwritten. */
    public Guarded updated(String name, int rows, int columns, int leading, float[] values) {
        Guarded operand = place(name, rows, columns, leading, false).set(styled(values));
        outputs.put(name, operand);
        return operand;
    }

    /** Returns a matrix of doubles, rows {@code leading} apart, that must not change. */
    public Guarded doubleInput(String name, int rows, int columns, int leading, double[] values) {
        return place(name, rows, columns, leading, true).set(styled(values)).freeze();
    }

    /** Returns an output matrix of doubles, rows {@code leading} apart, poisoned. */
    public Guarded doubleOutput(String name, int rows, int columns, int leading) {
        Guarded operand = place(name, rows, columns, leading, true).poison(style.poison);
        outputs.put(name, operand);
        return operand;
    }

    /** Returns a matrix of doubles, rows {@code leading} apart, that is read and overwritten. */
    public Guarded doubleUpdated(String name, int rows, int columns, int leading, double[] values) {
        Guarded operand = place(name, rows, columns, leading, true).set(styled(values));
        outputs.put(name, operand);
        return operand;
    }

    /** Returns whole numbers that must not change, from index 0 on. */
    public int[] intInput(int[] values) {
        int[] copy = values.clone();
        intInputs.put(copy, values.clone());
        return copy;
    }

    /** Returns an output of whole numbers from index 0 on, poisoned. */
    public int[] intOutput(String name, int length) {
        int[] array = new int[length + behind()];
        Arrays.fill(array, 0, length, style.poison.value);
        Arrays.fill(array, length, array.length, INT_GUARD);
        intOutputs.put(name, array);
        return array;
    }

    private Guarded place(String name, int rows, int columns, int leading, boolean wide) {
        int before = style == Style.GUARDED ? 17 + 2 * operands.size() : 0;
        Guarded operand = new Guarded(name, rows, columns, Math.max(1, leading), before, behind(), wide);
        operands.add(operand);
        return operand;
    }

    private int behind() {
        return style == Style.GUARDED ? 67 : 0; // more than the widest four vectors
    }

    private float[] styled(float[] values) {
        if (style != Style.ABSOLUTE) {
            return values;
        }
        float[] absolute = values.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    private double[] styled(double[] values) {
        return style == Style.ABSOLUTE ? Arrays.stream(values).map(Math::abs).toArray() : values;
    }

    /** Throws if an input changed or anything was written outside an operand. */
    void check() {
        operands.forEach(Guarded::check);
        intInputs.forEach((now, before) -> {
            if (!Arrays.equals(now, before)) {
                throw new AssertionError("changed an input of whole numbers");
            }
        });
        intOutputs.forEach((name, array) -> {
            for (int i = array.length - behind(); i < array.length; i++) {
                if (array[i] != INT_GUARD) {
                    throw new AssertionError("wrote " + array[i] + " behind " + name + ", at " + i);
                }
            }
        });
    }

    /** Returns every output by name, all as doubles, which hold floats and whole numbers exactly. */
    Map<String, double[]> results() {
        Map<String, double[]> results = new LinkedHashMap<>();
        outputs.forEach((name, operand) -> results.put(name, operand.values()));
        intOutputs.forEach((name, array) -> {
            double[] values = new double[array.length - behind()];
            for (int i = 0; i < values.length; i++) {
                values[i] = array[i];
            }
            results.put(name, values);
        });
        return results;
    }
}
