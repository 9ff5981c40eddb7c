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
                int aAt = aOffset + i * aRow;
                int bAt = bOffset + j * bColumn;
                double sum = beta == 0 ? 0 : beta * c[at]; // beta 0 overwrites, even a NaN
                if (g.isDots()) {
                    sum = Math.fma(alpha, dot(g.k(), a, aAt, aStep, b, bAt, bStep), sum);
                } else {
                    for (int p = 0; p < g.k(); p++) {
                        sum = Math.fma(a[aAt + p * aStep], alpha * b[bAt + p * bStep], sum);
                    }
                }
                c[at] = sum;
            }
        });
    }

    private static double dot(int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep) {
        double[] parts = new double[8];
        for (int p = 0; p < k; p++) {
            parts[p % 8] = Math.fma(a[aAt + p * aStep], b[bAt + p * bStep], parts[p % 8]);
        }
        for (int half = 4; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                parts[i] += parts[i + half];
            }
        }
        return parts[0];
    }
}
