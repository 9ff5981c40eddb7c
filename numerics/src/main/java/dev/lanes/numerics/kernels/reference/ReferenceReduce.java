package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ArgMaxKernel;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.VarianceKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The reductions along an axis, as plain loops with double accumulators. */
final class ReferenceReduce {
    private ReferenceReduce() {}

    /** What is made of the elements of one stretch, {@code step} apart. */
    private interface Line {
        double of(float[] x, int at, int length, int step);
    }

    static ReduceKernel sum() {
        return new Reduce(ReferenceReduce::sum);
    }

    static ReduceKernel mean() {
        return new Reduce((x, at, length, step) -> sum(x, at, length, step) / length);
    }

    static ReduceKernel max() {
        return new Reduce(ReferenceReduce::max);
    }

    private static double sum(float[] x, int at, int length, int step) {
        double sum = 0;
        for (int l = 0; l < length; l++) {
            sum += x[at + l * step];
        }
        return sum;
    }

    private static double max(float[] x, int at, int length, int step) {
        double max = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < length; l++) {
            max = Math.max(max, x[at + l * step]);
        }
        return max;
    }

    /** Returns where, from the axis' first element, output {@code i} of {@code [outer, inner]} begins. */
    private static int start(AxisGeometry g, int i) {
        return i / g.inner() * g.length() * g.inner() + i % g.inner();
    }

    private record Reduce(Line line) implements ReduceKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            for (int i = 0; i < g.lines(); i++) {
                y[yOffset + i] = (float) line.of(x, xOffset + start(g, i), g.length(), g.inner());
            }
        }
    }

    /** {@code variance = sum of (x - mean)^2 / length}. */
    static final class Variance implements VarianceKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                AxisGeometry g,
                float[] x,
                int xOffset,
                float[] mean,
                int meanOffset,
                float[] variance,
                int varianceOffset,
                Workspace workspace) {
            for (int i = 0; i < g.lines(); i++) {
                int at = xOffset + start(g, i);
                double sum = 0;
                for (int l = 0; l < g.length(); l++) {
                    double difference = (double) x[at + l * g.inner()] - mean[meanOffset + i];
                    sum += difference * difference;
                }
                variance[varianceOffset + i] = (float) (sum / g.length());
            }
        }
    }

    /** The position of the first maximum, or of the first NaN. */
    static final class ArgMax implements ArgMaxKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(AxisGeometry g, float[] x, int xOffset, int[] y, Workspace workspace) {
            for (int i = 0; i < g.lines(); i++) {
                int at = xOffset + start(g, i);
                int best = 0;
                for (int l = 1; l < g.length() && !Float.isNaN(x[at + best * g.inner()]); l++) {
                    float value = x[at + l * g.inner()];
                    if (value > x[at + best * g.inner()] || Float.isNaN(value)) {
                        best = l;
                    }
                }
                y[i] = best;
            }
        }
    }
}
