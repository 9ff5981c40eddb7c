package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.GemmGeometry;

/**
 * A matrix product one operand of which a kernel has arranged as it reads it fastest, once ({@link GemmKernel#packRight},
 * {@link GemmKernel#packLeft}), for many calls, from any thread, at the same time. Immutable.
 */
public interface PackedGemm {
    /**
     * Computes {@code C = act(bias + beta * C + op(A) * op(B) + residual)}, where one of A and B is what was packed.
     *
     * @param g the product; of the packed operand it has the transposition and the leading dimension that it was packed
     *     with
     * @param other the operand that is not packed
     */
    void run(
            GemmGeometry g,
            float[] other,
            int otherOffset,
            float beta,
            float[] c,
            int cOffset,
            Epilogue epilogue,
            Workspace workspace);
}
