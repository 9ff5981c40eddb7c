package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.GemmGeometry;
import java.util.Arrays;

/** A matrix product {@code C = act(bias + beta * C + alpha * op(A) * op(B) + residual)}; the operands do not overlap C. */
public interface GemmKernel extends Kernel<GemmGeometry> {
    /**
     * Computes the product.
     *
     * <p>The numbers are fixed to the bit for the vector kernels: {@code c} begins as {@code beta * c} (0 where beta
     * is 0, whatever stood there) plus the bias, then takes {@code c = fma(a[i, p], alpha * b[p, j], c)} for p
     * ascending, then the residual, then is clamped. Dot products ({@link GemmGeometry#isDots}) take {@code c =
     * fma(alpha, sum, c)} instead: {@code part[p % 16] = fma(a[i, p], b[p, j], part[p % 16])} from 0 on for p
     * ascending, and the 16 parts added in halves, {@code part[i] + part[i + 8]} first.
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

    /** Tells whether packed operands are this kernel's: the first in the table that says so packs. They serve every product. */
    default boolean packs() {
        return false;
    }

    /**
     * Returns the product with B packed: a copy, arranged as this kernel reads it fastest. A kernel that has no such
     * arrangement keeps it as it is; one that keeps it outside the heap frees it no later than when it is unreachable.
     *
     * @param packed a product of which B counts, not m
     */
    default PackedGemm packRight(GemmGeometry packed, float[] b, int bOffset, Workspace workspace) {
        float[] copy = Arrays.copyOfRange(b, bOffset, bOffset + packed.spanB());
        return (g, a, aOffset, beta, c, cOffset, epilogue, scratch) ->
                run(g, 1f, a, aOffset, copy, 0, beta, c, cOffset, epilogue, scratch);
    }

    /**
     * Returns the product with A packed; as {@link #packRight}.
     *
     * @param packed a product of which A counts, not n
     */
    default PackedGemm packLeft(GemmGeometry packed, float[] a, int aOffset, Workspace workspace) {
        float[] copy = Arrays.copyOfRange(a, aOffset, aOffset + packed.spanA());
        return (g, b, bOffset, beta, c, cOffset, epilogue, scratch) ->
                run(g, 1f, copy, 0, b, bOffset, beta, c, cOffset, epilogue, scratch);
    }
}
