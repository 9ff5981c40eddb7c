package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.tests.kit.Case;
import dev.lanes.tests.kit.Cases;
import dev.lanes.tests.kit.Conformance;
import dev.lanes.tests.kit.Oracle;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kit itself: kernels with one fault each, which it has to find, and a right one that it has to let pass. */
@Tag("once")
class ConformanceTest {
    /** A ReLU whose subclasses go wrong. */
    private abstract static class Relu implements UnaryKernel {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public void run(RowsGeometry g, float[] x, int xAt, float[] y, int yAt, Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                y[yAt + i] = Math.max(x[xAt + i], 0f);
            }
            spoil(g, x, xAt, y, yAt);
        }

        abstract void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt);
    }

    private static Set<String> complaints(UnaryKernel kernel) {
        Set<String> complaints = new TreeSet<>();
        for (Case<RowsGeometry, UnaryKernel> problem : Cases.of(Slot.RELU)) {
            try {
                Conformance.check(kernel, problem, Oracle.workspace());
            } catch (AssertionError | IndexOutOfBoundsException e) {
                complaints.add(e.getMessage().replaceAll("-?[0-9.]+(E-?[0-9]+)?", "#"));
            }
        }
        return complaints;
    }

    private static void assertFound(String complaint, Relu kernel) {
        Set<String> all = complaints(kernel);
        assertTrue(all.stream().anyMatch(c -> c.contains(complaint)), () -> complaint + " not among " + all);
    }

    @Test
    void should_let_a_right_kernel_pass() {
        assertTrue(complaints(new Relu() {
                    @Override
                    void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {}
                })
                .isEmpty());
    }

    @Test
    void should_see_a_write_behind_the_output() {
        assertFound("outside y, at # from its first value", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                int end = yAt + g.elements();
                Arrays.fill(y, end, Math.min(end + 1, y.length), 0f);
            }
        });
    }

    @Test
    void should_see_a_write_before_the_output() {
        assertFound("outside y, at # from its first value", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                y[Math.max(0, yAt - 1)] = 1f;
            }
        });
    }

    @Test
    void should_see_a_read_behind_the_input() {
        assertFound("out of bounds", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                if (Float.isInfinite(x[xAt + g.elements()])) {
                    y[yAt] = 1f;
                }
            }
        });
    }

    @Test
    void should_see_a_changed_input() {
        assertFound("changed the input x at #", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                if (g.elements() == 7 && x != y) {
                    x[xAt + 3] = -x[xAt + 3];
                }
            }
        });
    }

    @Test
    void should_see_an_element_that_was_not_written() {
        assertFound("y[#] is NaN between guards, but # in a tight array", new Relu() {
            @Override
            public void run(RowsGeometry g, float[] x, int xAt, float[] y, int yAt, Workspace workspace) {
                for (int i = 0; i < g.elements() - g.elements() % 16; i++) {
                    y[yAt + i] = Math.max(x[xAt + i], 0f);
                }
            }

            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {}
        });
    }

    @Test
    void should_see_a_lost_nan_and_a_number_off_by_one_bit() {
        assertFound("the reference says NaN", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                for (int i = yAt; i < yAt + g.elements(); i++) {
                    y[i] = y[i] > 0 ? y[i] : 0f;
                }
            }
        });
        assertFound("the error # is above #", new Relu() {
            @Override
            void spoil(RowsGeometry g, float[] x, int xAt, float[] y, int yAt) {
                for (int i = yAt; i < yAt + g.elements(); i++) {
                    y[i] = y[i] > 0 ? Math.nextDown(y[i]) : y[i];
                }
            }
        });
    }

    /** A product in float that forgets its last term where there are more than a hundred. */
    private record Product(int forgets) implements GemmKernel {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public void run(
                GemmGeometry g,
                float alpha,
                float[] a,
                int aAt,
                float[] b,
                int bAt,
                float beta,
                float[] c,
                int cAt,
                Epilogue epilogue,
                Workspace workspace) {
            for (int i = 0; i < g.m() * g.n(); i++) {
                int row = i / g.n();
                int column = i % g.n();
                int at = cAt + row * g.ldc() + column;
                float sum = beta == 0 ? 0 : beta * c[at];
                for (int p = 0; p < g.k() - (g.k() > 100 ? forgets : 0); p++) {
                    float left = a[aAt + (g.transA() ? p * g.lda() + row : row * g.lda() + p)];
                    float right = b[bAt + (g.transB() ? column * g.ldb() + p : p * g.ldb() + column)];
                    sum += alpha * left * right;
                }
                sum += epilogue.residual() == null ? 0 : epilogue.residual()[at + epilogue.residualShift()];
                sum += epilogue.bias() == null ? 0 : epilogue.bias()[epilogue.biasOffset() + column];
                c[at] = Math.min(Math.max(sum, epilogue.low()), epilogue.high());
            }
        }
    }

    @Test
    void should_forgive_rounding_but_not_a_missing_term() {
        int found = 0;
        for (Case<GemmGeometry, GemmKernel> problem : Cases.of(Slot.GEMM)) {
            assertDoesNotThrow(() -> Conformance.check(new Product(0), problem, Oracle.workspace()), problem::toString);
            try {
                Conformance.check(new Product(1), problem, Oracle.workspace());
            } catch (AssertionError e) {
                found++;
            }
        }
        assertTrue(found > 20, "a missing term was seen in only " + found + " cases");
    }

    @Test
    void should_refuse_a_slot_without_cases() {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Cases.of(null));
        assertTrue(thrown.getMessage().startsWith("no cases for the slot null"));
    }
}
