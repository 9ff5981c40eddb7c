package dev.lanes.tests.kit;

import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The problems of every slot. A slot that is not here fails the suites; what is here runs on every kernel that the slot
 * has in any backend.
 *
 * <p>{@code -Dlanes.tests.case=TEXT} leaves only the cases whose text contains TEXT.
 */
public final class Cases {
    private static final String ONLY = System.getProperty("lanes.tests.case", "");
    private static final Map<Slot<?, ?>, Supplier<? extends List<? extends Case<?, ?>>>> GENERATORS =
            new IdentityHashMap<>();

    static {
        GENERATORS.put(Slot.GEMM, GemmCase::all);
        GENERATORS.put(Slot.DOUBLE_GEMM, DoubleGemmCase::all);
        GENERATORS.put(Slot.CONV2D_FORWARD, ConvolutionCases::forward);
        GENERATORS.put(Slot.CONV2D_BACKWARD_INPUT, ConvolutionCases::backwardInput);
        GENERATORS.put(Slot.CONV2D_BACKWARD_WEIGHTS, ConvolutionCases::backwardWeights);
        GENERATORS.put(Slot.MAX_POOL2D_FORWARD, PoolingCases::forward);
        GENERATORS.put(Slot.MAX_POOL2D_BACKWARD, PoolingCases::backward);
        GENERATORS.put(Slot.AVERAGE_POOL2D_FORWARD, AveragePoolingCase::forward);
        GENERATORS.put(Slot.AVERAGE_POOL2D_BACKWARD, AveragePoolingCase::backward);
        GENERATORS.put(Slot.ADD, () -> RowCases.binary(Slot.ADD));
        GENERATORS.put(Slot.SUBTRACT, () -> RowCases.binary(Slot.SUBTRACT));
        GENERATORS.put(Slot.MULTIPLY, () -> RowCases.binary(Slot.MULTIPLY));
        GENERATORS.put(Slot.DIVIDE, () -> RowCases.binary(Slot.DIVIDE));
        GENERATORS.put(Slot.FMA, () -> RowCases.ternary(Slot.FMA));
        GENERATORS.put(Slot.ADD_ROW, () -> RowCases.binary(Slot.ADD_ROW));
        GENERATORS.put(Slot.MULTIPLY_ROW, () -> RowCases.binary(Slot.MULTIPLY_ROW));
        GENERATORS.put(Slot.SCALE_SHIFT, () -> RowCases.ternary(Slot.SCALE_SHIFT));
        GENERATORS.put(Slot.AXPBY, RowCases::axpby);
        GENERATORS.put(Slot.RELU, RowCases::relu);
        GENERATORS.put(Slot.RELU_BACKWARD, () -> RowCases.binary(Slot.RELU_BACKWARD));
        GENERATORS.put(Slot.LRN_FORWARD, ImageCases::lrnForward);
        GENERATORS.put(Slot.LRN_BACKWARD, ImageCases::lrnBackward);
        GENERATORS.put(Slot.RESAMPLE2D, ImageCases::resample);
        GENERATORS.put(Slot.COPY, ImageCases::copy);
        GENERATORS.put(Slot.DROPOUT, DropoutCase::all);
        GENERATORS.put(Slot.NORM_STATISTICS, NormCases::statistics);
        GENERATORS.put(Slot.NORM_FORWARD, NormCases::forward);
        GENERATORS.put(Slot.NORM_BACKWARD, NormCases::backward);
        GENERATORS.put(Slot.FUNCTION, FunctionCase::all);
        GENERATORS.put(Slot.REDUCE_SUM, () -> ReduceCases.reduce(Slot.REDUCE_SUM));
        GENERATORS.put(Slot.REDUCE_MEAN, () -> ReduceCases.reduce(Slot.REDUCE_MEAN));
        GENERATORS.put(Slot.REDUCE_MAX, () -> ReduceCases.reduce(Slot.REDUCE_MAX));
        GENERATORS.put(Slot.REDUCE_VARIANCE, ReduceCases::variance);
        GENERATORS.put(Slot.REDUCE_ARG_MAX, ReduceCases::argMax);
        GENERATORS.put(Slot.SOFTMAX, () -> SoftmaxCase.all(Slot.SOFTMAX));
        GENERATORS.put(Slot.LOG_SOFTMAX, () -> SoftmaxCase.all(Slot.LOG_SOFTMAX));
        GENERATORS.put(Slot.SOFTMAX_BACKWARD, () -> SoftmaxBackwardCase.all(Slot.SOFTMAX_BACKWARD));
        GENERATORS.put(Slot.LOG_SOFTMAX_BACKWARD, () -> SoftmaxBackwardCase.all(Slot.LOG_SOFTMAX_BACKWARD));
        GENERATORS.put(Slot.UPDATE_MOMENTUM, UpdateCases::momentum);
        GENERATORS.put(Slot.UPDATE_ADAPTIVE, UpdateCases::adaptive);
        GENERATORS.put(Slot.SUM_OF_SQUARES, UpdateCases::sumOfSquares);
    }

    private Cases() {}

    /**
     * Returns the problems of a slot, the same at every call.
     *
     * @throws IllegalArgumentException if there is no generator for the slot
     */
    @SuppressWarnings("unchecked") // the generator under Slot<G, K> makes cases of G and K
    public static <G, K extends Kernel<G>> List<Case<G, K>> of(Slot<G, K> slot) {
        Supplier<? extends List<? extends Case<?, ?>>> generator = GENERATORS.get(slot);
        if (generator == null) {
            throw new IllegalArgumentException(
                    "no cases for the slot " + slot + ": give it a Case class and a line in Cases");
        }
        List<Case<G, K>> all = (List<Case<G, K>>) generator.get();
        return all.stream().filter(c -> c.toString().contains(ONLY)).toList();
    }

    /** Tells whether {@code lanes.tests.case} leaves some out, so that a kernel may have none. */
    public static boolean filtered() {
        return !ONLY.isEmpty();
    }
}
