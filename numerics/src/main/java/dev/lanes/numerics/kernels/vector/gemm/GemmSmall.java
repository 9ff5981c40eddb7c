package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * Products of a microsecond: both operands are read where they lie, on the calling thread. B has few pages, and lies
 * in the inner caches whatever its rows' distance. The order of each sum is that of {@link GemmBlocked}.
 */
public final class GemmSmall implements GemmKernel {
    /** The most multiply-adds: 32 rows, columns and steps; from 48 on the taller tiles of packed panels are as fast. */
    private static final long MOST_WORK = 1L << 15;
    /** The most values that B spans: 64 KiB. */
    private static final int MOST_SPAN = 1 << 14;

    private final GemmKernel flat = new GemmFlat();

    @Override
    public String name() {
        return "small";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return !g.transA()
                && !g.transB()
                && g.n() % LANES == 0
                && g.m() > 1
                && (long) g.m() * g.n() * g.k() <= MOST_WORK
                && (long) g.k() * g.ldb() <= MOST_SPAN
                && !GemmBlocked.aliases(g);
    }

    @Override
    public void run(
            GemmGeometry g,
            float alpha,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float beta,
            float[] c,
            int cOffset,
            Epilogue epilogue,
            Workspace workspace) {
        if (alpha != 1f) { // a multiplication more for each value of B; seldom asked for
            flat.run(g, alpha, a, aOffset, b, bOffset, beta, c, cOffset, epilogue, workspace);
            return;
        }
        Blocks.begin(epilogue, g.m(), g.n(), beta, c, cOffset, g.ldc(), 0);
        SmallTiles.run(g.m(), g.n(), g.k(), a, aOffset, g.lda(), b, bOffset, g.ldb(), c, cOffset, g.ldc());
        if (!epilogue.isNone()) {
            epilogue.end(g.m(), g.n(), c, cOffset, g.ldc());
        }
    }
}
