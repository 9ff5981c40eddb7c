package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.geometry.FunctionGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AxpbyKernel;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.FunctionKernel;
import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.TernaryKernel;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The functions of single elements: each is a {@link LaneLoop} of its own, run by a {@link LaneJob}. */
public final class ElementwiseLanes {
    private static final String NAME = "lanes";

    private ElementwiseLanes() {}

    public static void install(KernelTable.Builder table) {
        table.prefer(Slot.ADD, binary("add"))
                .prefer(Slot.SUBTRACT, binary("subtract"))
                .prefer(Slot.MULTIPLY, binary("multiply"))
                .prefer(Slot.DIVIDE, binary("divide"))
                .prefer(Slot.FMA, new Ternary(loop("fma")))
                .prefer(Slot.ADD_ROW, RowsLanes.binary("add"))
                .prefer(Slot.MULTIPLY_ROW, RowsLanes.binary("multiply"))
                .prefer(Slot.SCALE_SHIFT, RowsLanes.ternary("fma"))
                .prefer(Slot.RELU, new Unary(LaneLoop.of(FunctionValues.class, "relu")))
                .prefer(Slot.RELU_BACKWARD, binary("where"))
                .prefer(Slot.AXPBY, new Axpby())
                .prefer(Slot.FUNCTION, new Function());
    }

    private static Binary binary(String function) {
        return new Binary(loop(function));
    }

    private static LaneLoop loop(String function) {
        return LaneLoop.of(Arithmetic.class, function);
    }

    private record Unary(LaneLoop loop) implements UnaryKernel {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            LaneJob.of(workspace, loop, 0f, 0f).run(g.elements(), x, xOffset, y, yOffset, workspace);
        }
    }

    private record Binary(LaneLoop loop) implements BinaryKernel {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void run(
                RowsGeometry g,
                float[] a,
                int aOffset,
                float[] b,
                int bOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            LaneJob.of(workspace, loop, 0f, 0f).run(g.elements(), a, aOffset, b, bOffset, y, yOffset, workspace);
        }
    }

    private record Ternary(LaneLoop loop) implements TernaryKernel {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void run(
                RowsGeometry g,
                float[] a,
                int aOffset,
                float[] b,
                int bOffset,
                float[] c,
                int cOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            LaneJob.of(workspace, loop, 0f, 0f)
                    .run(g.elements(), a, aOffset, b, bOffset, c, cOffset, y, yOffset, workspace);
        }
    }

    /** {@code y = fma(alpha, x, beta * y)}; with beta 0, {@code y = alpha * x}. */
    private static final class Axpby implements AxpbyKernel {
        private final LaneLoop combine = loop("combine");
        private final LaneLoop scale = loop("scale");

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void run(
                RowsGeometry g,
                float alpha,
                float[] x,
                int xOffset,
                float beta,
                float[] y,
                int yOffset,
                Workspace workspace) {
            if (beta == 0f) {
                LaneJob.of(workspace, scale, alpha, beta).run(g.elements(), x, xOffset, y, yOffset, workspace);
            } else {
                LaneJob.of(workspace, combine, alpha, beta)
                        .run(g.elements(), x, xOffset, y, yOffset, y, yOffset, workspace);
            }
        }
    }

    private static final class Function implements FunctionKernel {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void run(
                FunctionGeometry g,
                float[] x,
                int xOffset,
                float[] factor,
                int factorOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            LaneJob job = LaneJob.of(
                    workspace,
                    FunctionLoops.of(g),
                    g.function().first(),
                    g.function().second());
            if (factor == null) {
                job.run(g.elements(), x, xOffset, y, yOffset, workspace);
            } else {
                job.run(g.elements(), x, xOffset, factor, factorOffset, y, yOffset, workspace);
            }
        }
    }
}
