package dev.lanes.tests.kit;

import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Map;

/** Compares kernels with the reference, and results with one another. */
public final class Conformance {
    private Conformance() {}

    /**
     * Runs a kernel twice, between guards and in arrays without any room, with two different poisons in its outputs.
     *
     * @throws AssertionError if the two runs differ in a bit, or are further from the reference than the operation
     *     allows; if an input changed; or if anything was written outside the outputs
     */
    public static <G, K extends Kernel<G>> void check(K kernel, Case<G, K> problem, Workspace workspace) {
        Map<String, double[]> guarded = problem.run(kernel, Memory.Style.GUARDED, workspace);
        Map<String, double[]> tight = problem.run(kernel, Memory.Style.TIGHT, workspace);
        sameBits("between guards", guarded, "in a tight array", tight);

        if (kernel.getClass() == Oracle.kernel(problem.slot()).getClass()) {
            return; // the reference agrees with itself
        }
        Tolerance tolerance = problem.tolerance();
        Map<String, double[]> expected = Oracle.run(problem, Memory.Style.TIGHT);
        Map<String, double[]> magnitudes =
                tolerance.needsMagnitude() ? Oracle.run(problem, Memory.Style.ABSOLUTE) : expected;
        expected.forEach((name, values) -> {
            double[] actual = tight.get(name);
            double[] sizes = magnitudes.get(name);
            for (int i = 0; i < values.length; i++) {
                judge(tolerance, name, i, actual[i], values[i], sizes[i]);
            }
        });
    }

    private static void judge(Tolerance tolerance, String name, int i, double actual, double expected, double size) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            if (Double.compare(actual, expected) != 0) {
                throw new AssertionError(name + "[" + i + "] is " + actual + ", the reference says " + expected);
            }
            return;
        }
        double allowed = tolerance.allowed(name, expected, size);
        double error = Math.abs(actual - expected);
        if (!(error <= allowed)) {
            throw new AssertionError(name + "[" + i + "] is " + actual + ", the reference says " + expected
                    + "; the error " + error + " is above " + allowed);
        }
    }

    /** Throws if two runs gave different bits somewhere; one NaN is as good as another. */
    public static void sameBits(String nameA, Map<String, double[]> a, String nameB, Map<String, double[]> b) {
        a.forEach((name, values) -> {
            double[] others = b.get(name);
            for (int i = 0; i < values.length; i++) {
                if (Double.doubleToLongBits(values[i]) != Double.doubleToLongBits(others[i])) {
                    throw new AssertionError(
                            name + "[" + i + "] is " + values[i] + " " + nameA + ", but " + others[i] + " " + nameB);
                }
            }
        });
    }
}
