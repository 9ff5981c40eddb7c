package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanes.numerics.geometry.GemmGeometry;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products that are cut, against the same product in one call. */
@RequiresOpenBlas
class HeapProductTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NN m1000 n1100 k700 lda701 ldb1102 ldc1103",
                "NT m1000 n1100 k700",
                "TN m1000 n1100 k700 lda1001 ldb1102 ldc1103",
                "TT m1000 n1100 k700",
                "NN m700 n900 k900",
                "TT m1600 n1500 k300",
                "NN m30 n80000 k260",
            })
    void should_give_what_one_call_gives(String text) {
        GemmGeometry g = GemmGeometry.parse(text);
        float[] a = values(g.spanA() + 1, 1);
        float[] b = values(g.spanB() + 2, 2);
        float[] c = values(g.spanC() + 3, 3);
        float[] whole = c.clone();
        ThreadCount.enter(1);
        try {
            HeapProduct.sgemm(
                    g.transA(),
                    g.transB(),
                    g.m(),
                    g.n(),
                    g.k(),
                    0.5f,
                    MemorySegment.ofArray(a),
                    1,
                    g.lda(),
                    MemorySegment.ofArray(b),
                    2,
                    g.ldb(),
                    -1f,
                    MemorySegment.ofArray(c),
                    3,
                    g.ldc());
            Cblas.sgemmOnHeap(
                    g.transA(),
                    g.transB(),
                    g.m(),
                    g.n(),
                    g.k(),
                    0.5f,
                    HeapProduct.segment(a, 1),
                    g.lda(),
                    HeapProduct.segment(b, 2),
                    g.ldb(),
                    -1f,
                    HeapProduct.segment(whole, 3),
                    g.ldc());
        } finally {
            ThreadCount.leave();
        }
        for (int i = 0; i < c.length; i++) {
            assertEquals(whole[i], c[i], g.k() * 0x1p-24 * (1 + g.k() / 16.0), g + " at " + i);
        }
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
