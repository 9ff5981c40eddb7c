package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.PackedGemm;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way through the kernel, against plain loops in double. */
@RequiresOpenBlas
class OpenBlasGemmTest {
    private static final int GUARD = 5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NN m1 n1 k1",
                "NN m3 n5 k7",
                "NT m17 n9 k33 lda40 ldb37 ldc11",
                "TN m33 n65 k16 lda35 ldb65 ldc70",
                "TT m64 n64 k64",
                "NN m1 n37 k20 lda20 ldb41 ldc37",
                "NT m1 n300 k129",
                "TN m1 n40 k30 lda3 ldb44 ldc40",
                "TT m1 n5 k9 lda2 ldb10 ldc6",
                "NN m50 n1 k20 lda22 ldb3 ldc4",
                "TN m31 n1 k8 lda40 ldb1 ldc1",
                "NT m31 n1 k8 lda9 ldb8 ldc2",
                "NT m3000 n1 k401",
                "NN m200 n130 k150",
                "NN m700 n16 k64",
                "TT m340 n510 k250",
                "TN m1500 n1700 k24 lda1501 ldb1700 ldc1703",
                "NT m5000 n900 k20",
            })
    void should_agree_with_plain_loops(String text) {
        Problem problem = new Problem(GemmGeometry.parse(text));
        int n = problem.g.n();
        for (int threads = 1; threads <= 3; threads++) {
            problem.check(1f, 0f, Epilogue.NONE, threads);
            problem.check(-0.5f, 1f, Epilogue.NONE, threads);
            Epilogue bias = Epilogue.bias(values(n + 2, 9), 2);
            problem.check(1f, 0f, bias.relu(), threads);
            problem.check(2f, -0.5f, bias.clamp(-1f, 1f), threads);
        }
    }

    @Test
    void should_only_scale_and_end_where_nothing_is_summed() {
        new Problem(GemmGeometry.parse("NN m4 n3 k0")).check(1f, 0f, Epilogue.bias(values(3, 1), 0), 1);
        new Problem(GemmGeometry.parse("TT m4 n3 k0 lda4 ldb1 ldc5")).check(1f, 2f, Epilogue.NONE.relu(), 2);
        new Problem(GemmGeometry.of(0, 3, 4)).check(1f, 0f, Epilogue.NONE, 1);
        new Problem(GemmGeometry.of(3, 0, 4)).check(1f, 0f, Epilogue.NONE, 1);
    }

    @Test
    void should_use_staging_for_large_products_and_free_it() {
        GemmGeometry g = GemmGeometry.of(1500, 1500, 300);
        assertTrue(g.m() * g.n() > HeapProduct.MAX_RESULT);
        Staging staging = new Staging();
        float[] a = values(g.spanA(), 1);
        float[] c = new float[g.spanC()];
        float[] again = new float[g.spanC()];
        try (Parallel alone = Parallel.ofThreads(1, Duration.ZERO)) {
            Workspace workspace = new Workspace(alone);
            new OpenBlasGemm(staging).run(g, 1f, a, 0, a, 0, 0f, c, 0, Epilogue.NONE, workspace);
            Staging.Buffers kept = staging.take();
            assertTrue(kept.floats(0, 1).byteSize() >= 4L * g.spanA(), "nothing was staged");
            assertEquals(0, kept.floats(0, 1).address() % 64);
            staging.giveBack(kept);
            staging.close();
            new OpenBlasGemm(staging).run(g, 1f, a, 0, a, 0, 0f, again, 0, Epilogue.NONE, workspace);
        }
        assertArrayEquals(c, again);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NN m17 n19 k23",
                "TT m17 n19 k23 lda18 ldb25 ldc21",
                "NN m1 n300 k200", // with a vector
                "NT m300 n1 k200",
                "NN m1500 n1500 k20", // staged
                "TT m1500 n1500 k20 lda1501 ldb22 ldc1503"
            })
    void should_multiply_operands_kept_off_the_heap(String text) {
        GemmGeometry g = GemmGeometry.parse(text);
        Staging staging = new Staging();
        float[] a = values(g.spanA() + 1, 1);
        float[] b = values(g.spanB() + 2, 2);
        float[] expected = values(g.spanC(), 3);
        float[] left = expected.clone();
        float[] right = expected.clone();
        try (Parallel alone = Parallel.ofThreads(1, Duration.ZERO)) {
            Workspace workspace = new Workspace(alone);
            OpenBlasGemm gemm = new OpenBlasGemm(staging);
            gemm.run(g, 1f, a, 1, b, 2, 2f, expected, 0, Epilogue.NONE, workspace);
            PackedGemm packedLeft = gemm.packLeft(g, a, 1, workspace);
            PackedGemm packedRight = gemm.packRight(g, b, 2, workspace);
            packedLeft.run(g, b, 2, 2f, left, 0, Epilogue.NONE, workspace);
            packedRight.run(g, a, 1, 2f, right, 0, Epilogue.NONE, workspace);
            assertArrayEquals(expected, left, (g.k() + 4) * 1e-6f * g.k());
            assertArrayEquals(expected, right, (g.k() + 4) * 1e-6f * g.k());
            staging.close();
            Exception thrown = assertThrows(
                    IllegalStateException.class,
                    () -> packedRight.run(g, a, 1, 2f, right, 0, Epilogue.NONE, workspace));
            assertEquals("the engine that prepared this operand is closed", thrown.getMessage());
        }
    }

    @Test
    void should_free_what_is_kept_when_the_last_call_ends() {
        Staging staging = new Staging();
        MemorySegment kept = staging.keep(new float[] {1, 2, 3}, 1, 2);
        assertEquals(0, kept.address() % 64);
        staging.enter();
        staging.close();
        assertEquals(3f, kept.getAtIndex(ValueLayout.JAVA_FLOAT, 1)); // a call is under way
        staging.leave();
        assertThrows(IllegalStateException.class, () -> kept.getAtIndex(ValueLayout.JAVA_FLOAT, 1));
        assertThrows(IllegalStateException.class, () -> staging.keep(new float[1], 0, 1));
    }

    /** Operands, and the sums over k that every variant is made of. */
    private static final class Problem {
        private final GemmGeometry g;
        private final float[] a;
        private final float[] b;
        private final double[] sums;
        private final double[] sizes;

        Problem(GemmGeometry g) {
            this.g = g;
            a = guarded(g.spanA(), 1);
            b = guarded(g.spanB(), 2);
            sums = new double[g.m() * g.n()];
            sizes = new double[g.m() * g.n()];
            for (int i = 0; i < g.m(); i++) {
                for (int p = 0; p < g.k(); p++) {
                    double left = a[GUARD + (g.transA() ? p * g.lda() + i : i * g.lda() + p)];
                    for (int j = 0; j < g.n(); j++) {
                        double product = left * b[GUARD + (g.transB() ? j * g.ldb() + p : p * g.ldb() + j)];
                        sums[i * g.n() + j] += product;
                        sizes[i * g.n() + j] += Math.abs(product);
                    }
                }
            }
        }

        void check(float alpha, float beta, Epilogue epilogue, int threads) {
            float[] c = guarded(g.spanC(), 3);
            if (beta == 0) { // what stood in C must not matter
                Arrays.fill(c, GUARD, c.length - GUARD, Float.NaN);
            }
            float[] before = c.clone();
            try (Parallel team = Parallel.ofThreads(threads, Duration.ZERO)) {
                new OpenBlasGemm(new Staging())
                        .run(g, alpha, a, GUARD, b, GUARD, beta, c, GUARD, epilogue, new Workspace(team));
            }
            for (int at = 0; at < c.length; at++) {
                int i = (at - GUARD) / Math.max(1, g.ldc());
                int j = (at - GUARD) % Math.max(1, g.ldc());
                double expected = before[at];
                double allowed = 0;
                if (at >= GUARD && i < g.m() && j < g.n()) {
                    double sum = alpha * sums[i * g.n() + j];
                    double kept = beta == 0 ? 0 : (double) beta * before[at];
                    double bias = epilogue.bias() == null ? 0 : epilogue.bias()[epilogue.biasOffset() + j];
                    expected = Math.clamp(sum + kept + bias, epilogue.low(), epilogue.high());
                    double size = Math.abs(alpha) * sizes[i * g.n() + j] + Math.abs(kept) + Math.abs(bias);
                    allowed = (g.k() + 4) * 0x1p-24 * size;
                }
                boolean same = Double.compare(c[at], expected) == 0; // a NaN between the rows stays one
                if (!same && !(Math.abs(c[at] - expected) <= allowed)) {
                    throw new AssertionError(g + " alpha " + alpha + " beta " + beta + " " + epilogue + " threads "
                            + threads + ": c[" + (at - GUARD) + "] is " + c[at] + ", should be " + expected);
                }
            }
        }
    }

    private static float[] guarded(int length, long seed) {
        return values(GUARD + length + GUARD, seed);
    }

    private static float[] values(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
