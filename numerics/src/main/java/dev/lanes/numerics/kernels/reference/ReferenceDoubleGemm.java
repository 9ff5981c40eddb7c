package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The matrix product in double precision. There is no wider type to sum in, so this is the chain of fused multiply-adds
 * that every other kernel computes: they agree with it to the bit.
 */
final class ReferenceDoubleGemm implements DoubleGemmKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            GemmGeometry g,
            double alpha,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double beta,
            double[] c,
            int cOffset,
            Workspace workspace) {
        int aRow = g.transA() ? 1 : g.lda();
        int aStep = g.transA() ? g.lda() : 1;
        int bStep = g.transB() ? 1 : g.ldb();
        int bColumn = g.transB() ? g.ldb() : 1;
        workspace.run(g.m(), g.flops(), (i, worker) -> {
            for (int j = 0; j < g.n(); j++) {
                int at = cOffset + i * g.ldc() + j;
                double sum = beta == 0 ? 0 : beta * c[at]; // beta 0 overwrites, even a NaN
                for (int p = 0; p < g.k(); p++) {
                    sum = Math.fma(
                            a[aOffset + i * aRow + p * aStep], alpha * b[bOffset + p * bStep + j * bColumn], sum);
                }
                c[at] = sum;
            }
        });
    }
}
