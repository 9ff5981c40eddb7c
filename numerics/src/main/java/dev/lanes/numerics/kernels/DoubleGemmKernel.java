package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.GemmGeometry;

/** A matrix product in double precision, {@code C = alpha * op(A) * op(B) + beta * C}; the operands do not overlap C. */
public interface DoubleGemmKernel extends Kernel<GemmGeometry> {
    /**
     * Computes the product.
     *
     * <p>The numbers are fixed to the bit: {@code c} begins as {@code beta * c} (0 where beta is 0, whatever stood
     * there), then takes {@code c = fma(a[i, p], alpha * b[p, j], c)} for p ascending. Dot products ({@link
     * GemmGeometry#isDots}) take {@code c = fma(alpha, sum, c)} instead, with {@code part[p mod 8] = fma(a[p], b[p], part[p
     * mod 8])} and the 8 parts added in halves.
     */
    void run(
            GemmGeometry g,
            double alpha,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double beta,
            double[] c,
            int cOffset,
            Workspace workspace);
}
