package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.CopyGeometry;
import dev.lanes.numerics.geometry.FunctionGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import java.util.List;

/**
 * One operation of the library: a place in the {@link KernelTable} that holds an ordered list of algorithms.
 *
 * @param <G> the geometry of its problems
 * @param <K> the form of its kernels
 */
public final class Slot<G, K extends Kernel<G>> {
    /** {@code C = act(bias + beta * C + alpha * op(A) * op(B) + residual)}. */
    public static final Slot<GemmGeometry, GemmKernel> GEMM = new Slot<>("gemm");
    /** {@code C = alpha * op(A) * op(B) + beta * C} in double precision. */
    public static final Slot<GemmGeometry, DoubleGemmKernel> DOUBLE_GEMM = new Slot<>("gemm.double");
    /** {@code y = act(conv(x, w) + bias + residual)}. */
    public static final Slot<Conv2dGeometry, Conv2dForwardKernel> CONV2D_FORWARD = new Slot<>("conv2d.forward");
    /** The gradient of a convolution by its input. */
    public static final Slot<Conv2dGeometry, Conv2dBackwardInputKernel> CONV2D_BACKWARD_INPUT =
            new Slot<>("conv2d.backwardInput");
    /** The gradient of a convolution by its weights. */
    public static final Slot<Conv2dGeometry, Conv2dBackwardWeightsKernel> CONV2D_BACKWARD_WEIGHTS =
            new Slot<>("conv2d.backwardWeights");
    /** Maximum over windows. */
    public static final Slot<Pool2dGeometry, MaxPool2dForwardKernel> MAX_POOL2D_FORWARD =
            new Slot<>("maxPool2d.forward");
    /** The gradient of the maximum over windows. */
    public static final Slot<Pool2dGeometry, MaxPool2dBackwardKernel> MAX_POOL2D_BACKWARD =
            new Slot<>("maxPool2d.backward");
    /** Average over windows. */
    public static final Slot<Pool2dGeometry, AveragePool2dKernel> AVERAGE_POOL2D_FORWARD =
            new Slot<>("averagePool2d.forward");
    /** The gradient of the average over windows. */
    public static final Slot<Pool2dGeometry, AveragePool2dKernel> AVERAGE_POOL2D_BACKWARD =
            new Slot<>("averagePool2d.backward");
    /** {@code y = a + b}. */
    public static final Slot<RowsGeometry, BinaryKernel> ADD = new Slot<>("add");
    /** {@code y = a - b}. */
    public static final Slot<RowsGeometry, BinaryKernel> SUBTRACT = new Slot<>("subtract");
    /** {@code y = a * b}. */
    public static final Slot<RowsGeometry, BinaryKernel> MULTIPLY = new Slot<>("multiply");
    /** {@code y = a / b}. */
    public static final Slot<RowsGeometry, BinaryKernel> DIVIDE = new Slot<>("divide");
    /** {@code y = fma(a, b, c)}. */
    public static final Slot<RowsGeometry, TernaryKernel> FMA = new Slot<>("fma");
    /** {@code y[r, c] = a[r, c] + b[c]}. */
    public static final Slot<RowsGeometry, BinaryKernel> ADD_ROW = new Slot<>("addRow");
    /** {@code y[r, c] = a[r, c] * b[c]}. */
    public static final Slot<RowsGeometry, BinaryKernel> MULTIPLY_ROW = new Slot<>("multiplyRow");
    /** {@code y[r, c] = fma(a[r, c], b[c], c[c])}. */
    public static final Slot<RowsGeometry, TernaryKernel> SCALE_SHIFT = new Slot<>("scaleShift");
    /** {@code y = alpha * x + beta * y}. */
    public static final Slot<RowsGeometry, AxpbyKernel> AXPBY = new Slot<>("axpby");
    /** {@code y = max(x, 0)}. */
    public static final Slot<RowsGeometry, UnaryKernel> RELU = new Slot<>("relu");
    /** {@code y = a > 0 ? b : 0}: the gradient b where the input or output a of the ReLU is positive. */
    public static final Slot<RowsGeometry, BinaryKernel> RELU_BACKWARD = new Slot<>("reluBackward");
    /** A function of single elements, or a derivative of it times a factor. */
    public static final Slot<FunctionGeometry, FunctionKernel> FUNCTION = new Slot<>("function");
    /** The sum along an axis. */
    public static final Slot<AxisGeometry, ReduceKernel> REDUCE_SUM = new Slot<>("reduce.sum");
    /** The mean along an axis. */
    public static final Slot<AxisGeometry, ReduceKernel> REDUCE_MEAN = new Slot<>("reduce.mean");
    /** The maximum along an axis. */
    public static final Slot<AxisGeometry, ReduceKernel> REDUCE_MAX = new Slot<>("reduce.max");
    /** The mean square of the differences to the mean along an axis. */
    public static final Slot<AxisGeometry, VarianceKernel> REDUCE_VARIANCE = new Slot<>("reduce.variance");
    /** Where along an axis the maximum stands. */
    public static final Slot<AxisGeometry, ArgMaxKernel> REDUCE_ARG_MAX = new Slot<>("reduce.argMax");
    /** Softmax along an axis. */
    public static final Slot<AxisGeometry, SoftmaxKernel> SOFTMAX = new Slot<>("softmax");
    /** The logarithm of softmax along an axis. */
    public static final Slot<AxisGeometry, SoftmaxKernel> LOG_SOFTMAX = new Slot<>("logSoftmax");
    /** The gradient of softmax. */
    public static final Slot<AxisGeometry, SoftmaxBackwardKernel> SOFTMAX_BACKWARD = new Slot<>("softmax.backward");
    /** The gradient of the logarithm of softmax. */
    public static final Slot<AxisGeometry, SoftmaxBackwardKernel> LOG_SOFTMAX_BACKWARD =
            new Slot<>("logSoftmax.backward");

    /** Local response normalisation. */
    public static final Slot<LrnGeometry, LrnForwardKernel> LRN_FORWARD = new Slot<>("lrn.forward");
    /** The gradient of local response normalisation. */
    public static final Slot<LrnGeometry, LrnBackwardKernel> LRN_BACKWARD = new Slot<>("lrn.backward");
    /** A linear map of images along both axes. */
    public static final Slot<Resample2dGeometry, Resample2dKernel> RESAMPLE2D = new Slot<>("resample2d");
    /** Stretches copied from one distance to another. */
    public static final Slot<CopyGeometry, CopyKernel> COPY = new Slot<>("copy");
    /** Elements that a seed chooses are dropped, the others scaled. */
    public static final Slot<RowsGeometry, DropoutKernel> DROPOUT = new Slot<>("dropout");
    /** Mean and variance of the groups of a normalisation. */
    public static final Slot<NormGeometry, NormStatisticsKernel> NORM_STATISTICS = new Slot<>("norm.statistics");
    /** {@code y = (x - mean) * inverse * scale + shift}. */
    public static final Slot<NormGeometry, NormForwardKernel> NORM_FORWARD = new Slot<>("norm.forward");
    /** The gradients of a normalisation by its input, scale and shift. */
    public static final Slot<NormGeometry, NormBackwardKernel> NORM_BACKWARD = new Slot<>("norm.backward");
    /** One step of gradient descent with momentum. */
    public static final Slot<RowsGeometry, MomentumKernel> UPDATE_MOMENTUM = new Slot<>("update.momentum");
    /** One step of Adam, RMSProp or Adagrad. */
    public static final Slot<RowsGeometry, AdaptiveKernel> UPDATE_ADAPTIVE = new Slot<>("update.adaptive");

    /** The sum of the squares of all elements. */
    public static final Slot<RowsGeometry, UnaryKernel> SUM_OF_SQUARES = new Slot<>("sumOfSquares");

    private static final List<Slot<?, ?>> ALL = List.of(
            GEMM,
            DOUBLE_GEMM,
            CONV2D_FORWARD,
            CONV2D_BACKWARD_INPUT,
            CONV2D_BACKWARD_WEIGHTS,
            MAX_POOL2D_FORWARD,
            MAX_POOL2D_BACKWARD,
            AVERAGE_POOL2D_FORWARD,
            AVERAGE_POOL2D_BACKWARD,
            ADD,
            SUBTRACT,
            MULTIPLY,
            DIVIDE,
            FMA,
            ADD_ROW,
            MULTIPLY_ROW,
            SCALE_SHIFT,
            AXPBY,
            RELU,
            RELU_BACKWARD,
            FUNCTION,
            REDUCE_SUM,
            REDUCE_MEAN,
            REDUCE_MAX,
            REDUCE_VARIANCE,
            REDUCE_ARG_MAX,
            SOFTMAX,
            LOG_SOFTMAX,
            SOFTMAX_BACKWARD,
            LOG_SOFTMAX_BACKWARD,
            LRN_FORWARD,
            LRN_BACKWARD,
            RESAMPLE2D,
            COPY,
            DROPOUT,
            NORM_STATISTICS,
            NORM_FORWARD,
            NORM_BACKWARD,
            UPDATE_MOMENTUM,
            UPDATE_ADAPTIVE,
            SUM_OF_SQUARES);

    private final String name;

    private Slot(String name) {
        this.name = name;
    }

    /** Returns every slot, in the order of this file. */
    public static List<Slot<?, ?>> all() {
        return ALL;
    }

    /** Returns the name, as the property {@code lanes.kernel.NAME} spells it. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
