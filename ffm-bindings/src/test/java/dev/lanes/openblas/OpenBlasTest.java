package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.geometry.GemmGeometry;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The products in double precision, against plain loops. */
@RequiresOpenBlas
class OpenBlasTest {
    private static final int GUARD = 3;

    @Test
    void should_tell_which_it_is() {
        assertTrue(OpenBlas.config().startsWith("OpenBLAS "), OpenBlas::config);
        assertFalse(OpenBlas.core().isBlank());
        String found = OpenBlas.probe().reason();
        assertTrue(found.contains(OpenBlas.config()), found);
        assertTrue(found.contains(OpenBlas.core()), found);
        assertTrue(found.contains(OpenBlas.location()), found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NN m1 n1 k1",
                "NT m13 n7 k21 lda22 ldb30 ldc9",
                "TN m33 n20 k16",
                "TT m64 n64 k64",
                "NN m1 n37 k20 lda20 ldb41 ldc37",
                "TT m1 n5 k9 lda2 ldb10 ldc6",
                "TN m31 n1 k8 lda40 ldb3 ldc2",
                "NN m2 n3 k0",
                "NN m720 n710 k535 lda535 ldb711 ldc712",
                "NN m3000 n1 k2000",
                "NN m1 n3000 k2000",
            })
    void should_multiply_as_plain_loops_do(String text) {
        GemmGeometry g = GemmGeometry.parse(text);
        check(g, 1, 0, 1);
        check(g, -0.5, 2, 2);
    }

    private static void check(GemmGeometry g, double alpha, double beta, int threads) {
        double[] a = values(g.spanA(), 1);
        double[] b = values(g.spanB(), 2);
        double[] c = values(g.spanC(), 3);
        if (beta == 0) {
            Arrays.fill(c, GUARD, c.length - GUARD, Double.NaN);
        }
        double[] expected = c.clone();
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                double sum = 0;
                for (int p = 0; p < g.k(); p++) {
                    sum += a[GUARD + (g.transA() ? p * g.lda() + i : i * g.lda() + p)]
                            * b[GUARD + (g.transB() ? j * g.ldb() + p : p * g.ldb() + j)];
                }
                int at = GUARD + i * g.ldc() + j;
                expected[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
            }
        }
        OpenBlas.dgemm(g, alpha, a, GUARD, b, GUARD, beta, c, GUARD, threads);
        assertArrayEquals(expected, c, (g.k() + 4) * 0x1p-53 * (1 + g.k()), g + " threads " + threads);
    }

    private static double[] values(int length, long seed) {
        return new Random(seed).doubles(GUARD + length + GUARD, -0.5, 0.5).toArray();
    }

    @Test
    void should_refuse_what_would_leave_the_arrays() {
        GemmGeometry g = GemmGeometry.of(2, 3, 4);
        double[] a = new double[8];
        double[] b = new double[12];
        double[] c = new double[6];
        assertThrows(IndexOutOfBoundsException.class, () -> OpenBlas.dgemm(g, 1, a, 1, b, 0, 0, c, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> OpenBlas.dgemm(g, 1, a, 0, b, -1, 0, c, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> OpenBlas.dgemm(g, 1, a, 0, b, 0, 0, a, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> OpenBlas.dgemm(g, 1, a, 0, b, 0, 0, b, 0, 1));
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> OpenBlas.dgemm(g, 1, a, 0, b, 0, 0, c, 0, 0));
        assertEquals("dgemm: threads must be at least 1, not 0", thrown.getMessage());
    }
}
