package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The matrix product as it is defined, summed in double: the oracle of every other one. */
final class ReferenceGemm implements GemmKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public boolean packs() {
        return true;
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
        int aRow = g.transA() ? 1 : g.lda();
        int aStep = g.transA() ? g.lda() : 1;
        int bStep = g.transB() ? 1 : g.ldb();
        int bColumn = g.transB() ? g.ldb() : 1;
        workspace.run(g.m(), g.flops(), (i, worker) -> {
            for (int j = 0; j < g.n(); j++) {
                double sum = 0;
                for (int p = 0; p < g.k(); p++) {
                    sum += (double) a[aOffset + i * aRow + p * aStep] * b[bOffset + p * bStep + j * bColumn];
                }
                int at = cOffset + i * g.ldc() + j;
                double before = beta == 0 ? 0 : (double) beta * c[at]; // beta 0 overwrites, even a NaN
                c[at] = ReferenceMath.finish(alpha * sum + before, epilogue, j, at);
            }
        });
    }
}
