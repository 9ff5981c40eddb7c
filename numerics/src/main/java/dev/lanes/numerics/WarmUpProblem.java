package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Optional;

/**
 * One product or convolution of a warm-up.
 *
 * @param choice the operation, its geometry and its kernel
 * @param flops floating-point operations of the problem
 * @param first how many values the first operand has; second and result likewise
 */
record WarmUpProblem(KernelTable.Choice choice, long flops, int first, int second, int result, Call call) {
    /** One call of a kernel; the operands have the problem's lengths or more. */
    @FunctionalInterface
    interface Call {
        void run(float[] first, float[] second, float[] result, Workspace workspace);
    }

    /** Returns the problem of a choice; empty where the operation is no product or convolution. */
    static Optional<WarmUpProblem> of(KernelTable.Choice choice) {
        Kernel<?> kernel = choice.kernel();
        if (choice.geometry() instanceof GemmGeometry g && kernel instanceof GemmKernel gemm) {
            return Optional.of(new WarmUpProblem(
                    choice,
                    g.flops(),
                    g.spanA(),
                    g.spanB(),
                    g.spanC(),
                    (a, b, c, workspace) -> gemm.run(g, 1f, a, 0, b, 0, 0f, c, 0, Epilogue.NONE, workspace)));
        }
        if (choice.geometry() instanceof Conv2dGeometry g) {
            int x = g.inputShape().elements();
            int w = g.weightShape().elements();
            int y = g.outputShape().elements();
            return switch (kernel) {
                case Conv2dForwardKernel forward ->
                    Optional.of(new WarmUpProblem(
                            choice,
                            g.flops(),
                            x,
                            w,
                            y,
                            (in, weights, out, workspace) ->
                                    forward.run(g, in, 0, weights, 0, out, 0, Epilogue.NONE, workspace)));
                case Conv2dBackwardInputKernel backward ->
                    Optional.of(new WarmUpProblem(
                            choice,
                            g.flops(),
                            y,
                            w,
                            x,
                            (dy, weights, dx, workspace) -> backward.run(g, dy, 0, weights, 0, dx, 0, workspace)));
                case Conv2dBackwardWeightsKernel backward ->
                    Optional.of(new WarmUpProblem(
                            choice,
                            g.flops(),
                            x,
                            y,
                            w,
                            (in, dy, dw, workspace) -> backward.run(g, in, 0, dy, 0, dw, 0, workspace)));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** Returns how many operations there are for each value that is read or written. */
    double intensity() {
        return (double) flops / Math.max(1L, (long) first + second + result);
    }
}
