package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
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
                "NN m513 n512 k520 lda521 ldb513 ldc515",
                "TT m640 n410 k530",
            })
    void should_agree_with_plain_loops(String text) {
        GemmGeometry g = GemmGeometry.parse(text);
        for (int threads = 1; threads <= 3; threads++) {
            check(g, 1f, 0f, Epilogue.NONE, threads);
            check(g, -0.5f, 1f, Epilogue.NONE, threads);
            Epilogue bias = Epilogue.bias(values(g.n() + 2, 9), 2);
            check(g, 1f, 0f, bias.relu(), threads);
            check(g, 2f, -0.5f, new Epilogue(bias.bias(), 2, -1f, 1f), threads);
        }
    }

    @Test
    void should_only_scale_and_end_where_nothing_is_summed() {
        check(GemmGeometry.parse("NN m4 n3 k0"), 1f, 0f, Epilogue.bias(values(3, 1), 0), 1);
        check(GemmGeometry.parse("TT m4 n3 k0 lda4 ldb1 ldc5"), 1f, 2f, Epilogue.NONE.relu(), 2);
        check(GemmGeometry.of(0, 3, 4), 1f, 0f, Epilogue.NONE, 1);
        check(GemmGeometry.of(3, 0, 4), 1f, 0f, Epilogue.NONE, 1);
    }

    @Test
    void should_use_staging_for_large_products_and_free_it() {
        GemmGeometry g = GemmGeometry.of(520, 520, 520);
        assertTrue(g.flops() > HeapProduct.MAX_FLOPS);
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

    private static void check(GemmGeometry g, float alpha, float beta, Epilogue epilogue, int threads) {
        float[] a = guarded(g.spanA(), 1);
        float[] b = guarded(g.spanB(), 2);
        float[] c = guarded(g.spanC(), 3);
        if (beta == 0) { // what stood in C must not matter
            Arrays.fill(c, GUARD, c.length - GUARD, Float.NaN);
        }
        double[] expected = new double[c.length];
        double[] allowed = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            expected[i] = c[i];
        }
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                int at = GUARD + i * g.ldc() + j;
                double sum = 0;
                double size = 0;
                for (int p = 0; p < g.k(); p++) {
                    double product = (double) a[GUARD + (g.transA() ? p * g.lda() + i : i * g.lda() + p)]
                            * b[GUARD + (g.transB() ? j * g.ldb() + p : p * g.ldb() + j)];
                    sum += product;
                    size += Math.abs(product);
                }
                double before = beta == 0 ? 0 : (double) beta * c[at];
                double bias = epilogue.bias() == null ? 0 : epilogue.bias()[epilogue.biasOffset() + j];
                expected[at] = Math.clamp(alpha * sum + before + bias, epilogue.low(), epilogue.high());
                allowed[at] = (g.k() + 4) * 0x1p-24 * (Math.abs(alpha) * size + Math.abs(before) + Math.abs(bias));
            }
        }
        try (Parallel team = Parallel.ofThreads(threads, Duration.ZERO)) {
            new OpenBlasGemm(new Staging())
                    .run(g, alpha, a, GUARD, b, GUARD, beta, c, GUARD, epilogue, new Workspace(team));
        }
        for (int i = 0; i < c.length; i++) {
            if (!(Math.abs(c[i] - expected[i]) <= allowed[i])
                    && Double.compare(c[i], expected[i]) != 0) { // a NaN between the rows stays one
                throw new AssertionError(g + " alpha " + alpha + " beta " + beta + " " + epilogue + " threads "
                        + threads + ": c[" + (i - GUARD) + "] is " + c[i] + ", should be " + expected[i]);
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
