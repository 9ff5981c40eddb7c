package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.GemmGeometry;

/** A matrix product {@code C = act(bias + beta * C + alpha * op(A) * op(B) + residual)}; the operands do not overlap C. */
public interface GemmKernel extends Kernel<GemmGeometry> {
    /**
     * Computes the product.
     *
     * <p>The numbers are fixed to the bit for the vector kernels: {@code c} begins as {@code beta * c} (0 where beta
     * is 0, whatever stood there) plus the bias, then takes {@code c = fma(a[i, p], alpha * b[p, j], c)} for p
     * ascending, then the residual, then is clamped.
     */
    void run(
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
            Workspace workspace);
}
