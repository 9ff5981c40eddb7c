package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.spi.BackendProvider;
import dev.lanes.numerics.spi.Probe;

/**
 * The backend {@code reference}: plain loops with double accumulators, one rounding at the end. It is the oracle of the
 * tests, the readable specification of every operation, and what runs where there is no vector module.
 */
public final class ReferenceBackend implements BackendProvider {
    /** The name that users ask for. */
    public static final String NAME = "reference";

    /** Makes the provider; it holds nothing. */
    public ReferenceBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String base() {
        return NAME;
    }

    @Override
    public Probe probe() {
        return Probe.usable("plain Java loops, double accumulators");
    }

    @Override
    public Installed install(KernelTable.Builder table, int threads) {
        table.prefer(Slot.GEMM, new ReferenceGemm())
                .prefer(Slot.DOUBLE_GEMM, new ReferenceDoubleGemm())
                .prefer(Slot.CONV2D_FORWARD, new ReferenceConv2dForward())
                .prefer(Slot.CONV2D_BACKWARD_INPUT, new ReferenceConv2dBackwardInput())
                .prefer(Slot.CONV2D_BACKWARD_WEIGHTS, new ReferenceConv2dBackwardWeights())
                .prefer(Slot.MAX_POOL2D_FORWARD, new ReferenceMaxPool2dForward())
                .prefer(Slot.MAX_POOL2D_BACKWARD, new ReferenceMaxPool2dBackward())
                .prefer(Slot.AVERAGE_POOL2D_FORWARD, new ReferenceAveragePool2dForward())
                .prefer(Slot.AVERAGE_POOL2D_BACKWARD, new ReferenceAveragePool2dBackward())
                .prefer(Slot.ADD, ReferenceElementwise.add())
                .prefer(Slot.SUBTRACT, ReferenceElementwise.subtract())
                .prefer(Slot.MULTIPLY, ReferenceElementwise.multiply())
                .prefer(Slot.DIVIDE, ReferenceElementwise.divide())
                .prefer(Slot.FMA, ReferenceElementwise.fma())
                .prefer(Slot.ADD_ROW, ReferenceElementwise.addRow())
                .prefer(Slot.MULTIPLY_ROW, ReferenceElementwise.multiplyRow())
                .prefer(Slot.SCALE_SHIFT, ReferenceElementwise.scaleShift())
                .prefer(Slot.AXPBY, new ReferenceElementwise.Axpby())
                .prefer(Slot.RELU, new ReferenceElementwise.Relu())
                .prefer(Slot.RELU_BACKWARD, ReferenceElementwise.reluBackward())
                .prefer(Slot.FUNCTION, new ReferenceFunction())
                .prefer(Slot.REDUCE_SUM, ReferenceReduce.sum())
                .prefer(Slot.REDUCE_MEAN, ReferenceReduce.mean())
                .prefer(Slot.REDUCE_MAX, ReferenceReduce.max())
                .prefer(Slot.REDUCE_VARIANCE, new ReferenceReduce.Variance())
                .prefer(Slot.REDUCE_ARG_MAX, new ReferenceReduce.ArgMax())
                .prefer(Slot.SOFTMAX, new ReferenceSoftmax(false))
                .prefer(Slot.LOG_SOFTMAX, new ReferenceSoftmax(true))
                .prefer(Slot.SOFTMAX_BACKWARD, new ReferenceSoftmaxBackward(false))
                .prefer(Slot.LOG_SOFTMAX_BACKWARD, new ReferenceSoftmaxBackward(true))
                .prefer(Slot.UPDATE_MOMENTUM, new ReferenceUpdates.Momentum())
                .prefer(Slot.UPDATE_ADAPTIVE, new ReferenceUpdates.Adaptive())
                .prefer(Slot.SUM_OF_SQUARES, new ReferenceUpdates.SumOfSquares());
        layers(table);
        return new Installed(0, true, () -> {});
    }

    /** What the layers of a network need beyond products, convolutions and elementwise functions. */
    private static void layers(KernelTable.Builder table) {
        table.prefer(Slot.LRN_FORWARD, new ReferenceLrn.Forward())
                .prefer(Slot.LRN_BACKWARD, new ReferenceLrn.Backward())
                .prefer(Slot.RESAMPLE2D, new ReferenceResample2d())
                .prefer(Slot.COPY, new ReferenceCopy())
                .prefer(Slot.NORM_STATISTICS, new ReferenceNorm.Statistics())
                .prefer(Slot.NORM_FORWARD, new ReferenceNorm.Forward())
                .prefer(Slot.NORM_BACKWARD, new ReferenceNorm.Backward())
                .prefer(Slot.DROPOUT, new ReferenceDropout());
    }
}
