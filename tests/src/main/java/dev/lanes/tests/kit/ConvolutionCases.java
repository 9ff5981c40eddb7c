package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Arrays;
import java.util.List;

/** The problems of a convolution and of its two gradients, over the same geometries. */
final class ConvolutionCases {
    private ConvolutionCases() {}

    static List<Forward> forward() {
        return Geometries.conv2d().stream().map(Forward::of).toList();
    }

    static List<BackwardInput> backwardInput() {
        return Geometries.conv2d().stream().map(BackwardInput::new).toList();
    }

    static List<BackwardWeights> backwardWeights() {
        return Geometries.conv2d().stream().map(BackwardWeights::new).toList();
    }

    /** {@code y = act(conv(x, w) + bias)}. */
    static final class Forward extends Case<Conv2dGeometry, Conv2dForwardKernel> {
        private final Ending ending;

        private Forward(Conv2dGeometry g, Ending ending) {
            super(Slot.CONV2D_FORWARD, g, ending.toString());
            this.ending = ending;
        }

        private static Forward of(Conv2dGeometry g) {
            return new Forward(g, new Values(Seed.random("conv2d " + g)).oneOf(Ending.values()));
        }

        @Override
        protected void call(Conv2dForwardKernel kernel, Memory memory, Workspace workspace) {
            Conv2dGeometry g = geometry();
            Values values = values();
            Guarded x = memory.input("x", values.any(g.inputShape().elements()));
            Guarded w = memory.input("w", values.any(g.weightShape().elements()));
            Guarded y = memory.output("y", g.outputShape().elements());
            int pixels = g.batch() * g.outH() * g.outW();
            Epilogue epilogue = ending.epilogue(memory, values, y, pixels, g.outC(), g.outC());
            kernel.run(g, x.array(), x.offset(), w.array(), w.offset(), y.array(), y.offset(), epilogue, workspace);
            samePrepared(kernel, x, w, y, epilogue, workspace);
        }

        /** Prepared weights, made for another batch and image and then lost by the caller, give the same bits. */
        private void samePrepared(
                Conv2dForwardKernel kernel, Guarded x, Guarded w, Guarded y, Epilogue epilogue, Workspace workspace) {
            Conv2dGeometry g = geometry();
            Conv2dGeometry other = new Conv2dGeometry(
                    g.batch() + 1, g.inH() + 3, g.inW() + 2, g.inC(), g.outC(), g.groups(), g.window());
            float[] weights = w.array().clone();
            Conv2dWeights prepared = kernel.prepare(other, weights, w.offset(), workspace);
            Arrays.fill(weights, Float.NaN);
            float[] expected = y.array().clone();
            float[] again = y.array().clone();
            Arrays.fill(again, y.offset(), y.offset() + g.outputShape().elements(), Float.NaN);
            prepared.run(g, x.array(), x.offset(), again, y.offset(), epilogue, workspace);
            if (!Arrays.equals(expected, again)) {
                throw new AssertionError("prepared weights give other bits, first at "
                        + (Arrays.mismatch(expected, again) - y.offset()));
            }
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(geometry().reductionLength());
        }
    }

    /** The gradient by the input. */
    static final class BackwardInput extends Case<Conv2dGeometry, Conv2dBackwardInputKernel> {
        private BackwardInput(Conv2dGeometry g) {
            super(Slot.CONV2D_BACKWARD_INPUT, g, "");
        }

        @Override
        protected void call(Conv2dBackwardInputKernel kernel, Memory memory, Workspace workspace) {
            Conv2dGeometry g = geometry();
            Values values = values();
            Guarded dy = memory.input("dy", values.any(g.outputShape().elements()));
            Guarded w = memory.input("w", values.any(g.weightShape().elements()));
            Guarded dx = memory.output("dx", g.inputShape().elements());
            kernel.run(g, dy.array(), dy.offset(), w.array(), w.offset(), dx.array(), dx.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction((long) geometry().window().kH()
                    * geometry().window().kW()
                    * geometry().outCPerGroup());
        }
    }

    /** The gradient by the weights. */
    static final class BackwardWeights extends Case<Conv2dGeometry, Conv2dBackwardWeightsKernel> {
        private BackwardWeights(Conv2dGeometry g) {
            super(Slot.CONV2D_BACKWARD_WEIGHTS, g, "");
        }

        @Override
        protected void call(Conv2dBackwardWeightsKernel kernel, Memory memory, Workspace workspace) {
            Conv2dGeometry g = geometry();
            Values values = values();
            Guarded x = memory.input("x", values.any(g.inputShape().elements()));
            Guarded dy = memory.input("dy", values.any(g.outputShape().elements()));
            Guarded dw = memory.output("dw", g.weightShape().elements());
            kernel.run(g, x.array(), x.offset(), dy.array(), dy.offset(), dw.array(), dw.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(
                    (long) geometry().batch() * geometry().outH() * geometry().outW());
        }
    }
}
