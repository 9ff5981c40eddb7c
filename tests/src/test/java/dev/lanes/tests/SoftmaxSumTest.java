package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.tests.kit.Case;
import dev.lanes.tests.kit.Cases;
import dev.lanes.tests.kit.KernelEntry;
import dev.lanes.tests.kit.Kernels;
import dev.lanes.tests.kit.Memory;
import dev.lanes.tests.kit.Oracle;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.SoftmaxCase;
import dev.lanes.tests.kit.Tolerance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a softmax must be whatever its rounding: it sums to 1 along its axis unless all scores are minus infinity. */
class SoftmaxSumTest {
    static List<KernelEntry<?, ?>> kernels() {
        return Kernels.all().stream().filter(e -> e.slot() == Slot.SOFTMAX).toList();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void should_give_rows_that_sum_to_one(KernelEntry<?, ?> entry) {
        SoftmaxKernel kernel = (SoftmaxKernel) entry.kernel();
        int rows = 0;
        for (var problem : Cases.of(Slot.SOFTMAX)) {
            if (((SoftmaxCase) (Case<?, ?>) problem).sumsToOne() && kernel.supports(problem.geometry())) {
                AxisGeometry g = problem.geometry();
                double[] y = problem.run(kernel, Memory.Style.TIGHT, Oracle.workspace())
                        .get("y");
                for (int line = 0; line < g.lines(); line++) {
                    int at = line / g.inner() * g.length() * g.inner() + line % g.inner();
                    double sum = 0;
                    boolean inRange = true;
                    for (int l = 0; l < g.length(); l++) {
                        double value = y[at + l * g.inner()];
                        sum += value;
                        inRange &= value >= 0 && value <= 1;
                    }
                    double total = sum;
                    assertTrue(inRange, () -> problem + ": a value is outside 0 and 1; " + Seed.replay("" + problem));
                    assertTrue(
                            Math.abs(total - 1) <= Tolerance.ofSoftmaxSum(g.length()),
                            () -> problem + ": a row sums to " + total + "; " + Seed.replay("" + problem));
                    rows++;
                }
            }
        }
        assertTrue(rows > 0);
    }
}
