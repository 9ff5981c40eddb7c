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
                .prefer(Slot.MULTIPLY, ReferenceElementwise.multiply())
                .prefer(Slot.ADD_ROW, ReferenceElementwise.addRow())
                .prefer(Slot.AXPBY, new ReferenceElementwise.Axpby())
                .prefer(Slot.RELU, new ReferenceElementwise.Relu())
                .prefer(Slot.RELU_BACKWARD, ReferenceElementwise.reluBackward())
                .prefer(Slot.SUM_ROWS, new ReferenceElementwise.SumRows())
                .prefer(Slot.SOFTMAX, new ReferenceSoftmax())
                .prefer(Slot.NORM_STATISTICS, new ReferenceNorm.Statistics())
                .prefer(Slot.NORM_FORWARD, new ReferenceNorm.Forward())
                .prefer(Slot.NORM_BACKWARD, new ReferenceNorm.Backward());
        return new Installed(0, true, () -> {});
    }
}
