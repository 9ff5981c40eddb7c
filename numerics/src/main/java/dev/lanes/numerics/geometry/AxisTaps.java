package dev.lanes.numerics.geometry;

import java.util.Arrays;

/**
 * A linear map along one axis with few terms an output: {@code y[o] = sum over t of weight[t] * x[index[t]]} with t from
 * {@code first(o)} to before {@code first(o + 1)}. Enlarging and reducing images, padding and averaging over parts of an
 * axis are all of this form, and so is the transpose of each, which carries gradients. Immutable, safe for any thread.
 *
 * <pre>{@code
 * AxisTaps.linear(2, 4, false);                  // 2 pixels to 4
 * AxisTaps.pad(5, 1, 1, AxisTaps.Border.REFLECT);   // 5 pixels to 7
 * }</pre>
 */
public final class AxisTaps {
    /** The coefficient of cubic interpolation that PyTorch and ONNX use. */
    private static final double CUBIC = -0.75;

    /** What stands beyond the ends of an axis. */
    public enum Border {
        /** Zeros. */
        ZERO,
        /** The axis in a mirror that stands on the last pixel: {@code 2 1 | 0 1 2}. */
        REFLECT,
        /** The last pixel: {@code 0 0 | 0 1 2}. */
        REPLICATE
    }

    private final String text;
    private final int in;
    private final int[] first;
    private final int[] index;
    private final float[] weight;

    private AxisTaps(String text, int in, int[] first, int[] index, float[] weight) {
        this.text = text;
        this.in = in;
        this.first = first;
        this.index = index;
        this.weight = weight;
    }

    /** Says which taps an output has, by calling {@code taps.add}. */
    @FunctionalInterface
    private interface Rule {
        void taps(int out, Collector taps);
    }

    private static final class Collector {
        private int[] index = new int[16];
        private float[] weight = new float[16];
        private int size;

        void add(int at, double by) {
            if (size == index.length) {
                index = Arrays.copyOf(index, 2 * size);
                weight = Arrays.copyOf(weight, 2 * size);
            }
            index[size] = at;
            weight[size++] = (float) by;
        }
    }

    private static AxisTaps of(String text, int in, int out, Rule rule) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(text + ": both extents must be at least 1");
        }
        Collector taps = new Collector();
        int[] first = new int[out + 1];
        for (int o = 0; o < out; o++) {
            rule.taps(o, taps);
            first[o + 1] = taps.size;
        }
        return new AxisTaps(
                text, in, first, Arrays.copyOf(taps.index, taps.size), Arrays.copyOf(taps.weight, taps.size));
    }

    /** Returns the map to the pixel at {@code floor(o * in / out)}; throws {@link IllegalArgumentException} below 1. */
    public static AxisTaps nearest(int in, int out) {
        return of("nearest " + in + "->" + out, in, out, (o, taps) -> taps.add((int) ((long) o * in / out), 1));
    }

    /**
     * Returns the interpolation between two pixels.
     *
     * @param alignCorners whether the first and last pixels of both stand at the same places; else pixels are squares
     *     that fill the same length, and beyond the middle of the last one nothing changes
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static AxisTaps linear(int in, int out, boolean alignCorners) {
        return of(text("linear", in, out, alignCorners), in, out, (o, taps) -> {
            double at = Math.max(0, place(o, in, out, alignCorners));
            int low = Math.min((int) at, in - 1);
            double part = Math.min(at - low, 1);
            if (part == 0 || low == in - 1) {
                taps.add(low, 1);
            } else {
                taps.add(low, 1 - part);
                taps.add(low + 1, part);
            }
        });
    }

    /**
     * Returns the cubic convolution between four pixels with the coefficient -0.75 (Keys 1981), the last pixel repeated
     * beyond the ends.
     *
     * @param alignCorners as for {@link #linear}
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static AxisTaps cubic(int in, int out, boolean alignCorners) {
        return of(text("cubic", in, out, alignCorners), in, out, (o, taps) -> {
            double at = place(o, in, out, alignCorners);
            int low = (int) Math.floor(at);
            double part = at - low;
            for (int t = -1; t <= 2; t++) {
                double weight = cubic(Math.abs(part - t));
                if (weight != 0) {
                    taps.add(Math.min(Math.max(low + t, 0), in - 1), weight);
                }
            }
        });
    }

    private static double cubic(double d) {
        return d <= 1
                ? ((CUBIC + 2) * d - (CUBIC + 3)) * d * d + 1
                : ((CUBIC * d - 5 * CUBIC) * d + 8 * CUBIC) * d - 4 * CUBIC;
    }

    private static double place(int o, int in, int out, boolean alignCorners) {
        if (alignCorners) {
            return out == 1 ? 0 : (double) o * (in - 1) / (out - 1);
        }
        return (o + 0.5) * in / out - 0.5;
    }

    private static String text(String method, int in, int out, boolean alignCorners) {
        return method + " " + in + "->" + out + (alignCorners ? " corners" : "");
    }

    /**
     * Returns the averages over {@code out} parts, from {@code floor(o * in / out)} to before {@code ceil((o + 1) * in /
     * out)}, which overlap where the division leaves a rest.
     *
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static AxisTaps average(int in, int out) {
        return of("average " + in + "->" + out, in, out, (o, taps) -> {
            int from = (int) ((long) o * in / out);
            int to = (int) Math.ceilDiv((o + 1L) * in, (long) out);
            for (int i = from; i < to; i++) {
                taps.add(i, 1.0 / (to - from));
            }
        });
    }

    /**
     * Returns the map that adds pixels at both ends.
     *
     * @throws IllegalArgumentException if the extent is below 1 or a padding below 0, or a mirror is too short: {@link
     *     Border#REFLECT} needs a padding below the extent
     */
    public static AxisTaps pad(int in, int before, int behind, Border border) {
        String text = border.name().toLowerCase(java.util.Locale.ROOT) + " " + before + "+" + in + "+" + behind;
        if (before < 0 || behind < 0) {
            throw new IllegalArgumentException(text + ": padding must not be negative");
        }
        if (border == Border.REFLECT && Math.max(before, behind) >= in) {
            throw new IllegalArgumentException(text + ": padding by reflection must be below the extent");
        }
        return of(text, in, Math.addExact(in, Math.addExact(before, behind)), (o, taps) -> {
            int at = o - before;
            if (at >= 0 && at < in) {
                taps.add(at, 1);
            } else if (border == Border.REPLICATE) {
                taps.add(at < 0 ? 0 : in - 1, 1);
            } else if (border == Border.REFLECT) {
                taps.add(at < 0 ? -at : 2 * (in - 1) - at, 1);
            }
        });
    }

    /** Returns the transposed map, which takes gradients by the outputs to gradients by the inputs. */
    public AxisTaps transposed() {
        int[] counts = new int[in + 1];
        for (int at : index) {
            counts[at + 1]++;
        }
        Arrays.parallelPrefix(counts, Integer::sum);
        int[] next = counts.clone();
        int[] turnedIndex = new int[index.length];
        float[] turnedWeight = new float[index.length];
        for (int o = 0; o < out(); o++) {
            for (int t = first[o]; t < first[o + 1]; t++) {
                int to = next[index[t]]++;
                turnedIndex[to] = o;
                turnedWeight[to] = weight[t];
            }
        }
        return new AxisTaps("transposed " + text, out(), counts, turnedIndex, turnedWeight);
    }

    /** Returns the extent of the input. */
    public int in() {
        return in;
    }

    /** Returns the extent of the output. */
    public int out() {
        return first.length - 1;
    }

    /** Returns the number of the first tap of an output, {@code 0 <= o <= out}. */
    public int first(int o) {
        return first[o];
    }

    /** Returns which input a tap reads. */
    public int index(int tap) {
        return index[tap];
    }

    /** Returns what a tap multiplies by. */
    public float weight(int tap) {
        return weight[tap];
    }

    /** Returns the number of taps of all outputs. */
    public int taps() {
        return index.length;
    }

    /** Returns method and extents, as in {@code linear 2->4 corners}. */
    @Override
    public String toString() {
        return text;
    }
}
