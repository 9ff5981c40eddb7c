package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.vector.conv.Conv2dBackwardInputCol2im;
import dev.lanes.numerics.kernels.vector.conv.Conv2dBackwardInputPhases;
import dev.lanes.numerics.kernels.vector.conv.Conv2dBackwardWeightsDepthwise;
import dev.lanes.numerics.kernels.vector.conv.Conv2dBackwardWeightsDirect;
import dev.lanes.numerics.kernels.vector.conv.Conv2dBackwardWeightsPlanes;
import dev.lanes.numerics.kernels.vector.conv.Conv2dDepthwise;
import dev.lanes.numerics.kernels.vector.conv.Conv2dDepthwise3x3;
import dev.lanes.numerics.kernels.vector.conv.Conv2dDirect;
import dev.lanes.numerics.kernels.vector.conv.Conv2dIm2col;
import dev.lanes.numerics.kernels.vector.conv.Conv2dPlanes;
import dev.lanes.numerics.kernels.vector.elementwise.AdaptiveLanes;
import dev.lanes.numerics.kernels.vector.elementwise.DropoutLanes;
import dev.lanes.numerics.kernels.vector.elementwise.ElementwiseLanes;
import dev.lanes.numerics.kernels.vector.elementwise.MomentumLanes;
import dev.lanes.numerics.kernels.vector.gemm.DoubleGemmBlocked;
import dev.lanes.numerics.kernels.vector.gemm.DoubleGemmDots;
import dev.lanes.numerics.kernels.vector.gemm.DoubleGemmSkinny;
import dev.lanes.numerics.kernels.vector.gemm.GemmBlocked;
import dev.lanes.numerics.kernels.vector.gemm.GemmDots;
import dev.lanes.numerics.kernels.vector.gemm.GemmFlat;
import dev.lanes.numerics.kernels.vector.gemm.GemmSkinny;
import dev.lanes.numerics.kernels.vector.gemm.GemmSmall;
import dev.lanes.numerics.kernels.vector.pool.AveragePool2dBackwardLanes;
import dev.lanes.numerics.kernels.vector.pool.AveragePool2dForwardLanes;
import dev.lanes.numerics.kernels.vector.pool.MaxPool2dBackwardLanes;
import dev.lanes.numerics.kernels.vector.pool.MaxPool2dForwardLanes;
import dev.lanes.numerics.kernels.vector.rows.CopyBlocks;
import dev.lanes.numerics.kernels.vector.rows.LrnRows;
import dev.lanes.numerics.kernels.vector.rows.NormBackwardColumns;
import dev.lanes.numerics.kernels.vector.rows.NormBackwardRows;
import dev.lanes.numerics.kernels.vector.rows.NormForwardColumns;
import dev.lanes.numerics.kernels.vector.rows.NormRows;
import dev.lanes.numerics.kernels.vector.rows.NormStatisticsColumns;
import dev.lanes.numerics.kernels.vector.rows.ReduceColumns;
import dev.lanes.numerics.kernels.vector.rows.ReduceRows;
import dev.lanes.numerics.kernels.vector.rows.Resample2dLanes;
import dev.lanes.numerics.kernels.vector.rows.SoftmaxColumns;
import dev.lanes.numerics.kernels.vector.rows.SoftmaxRows;
import dev.lanes.numerics.kernels.vector.rows.SumOfSquaresBlocks;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.spi.BackendProvider.Installed;

/** Puts the vector kernels into a table; the first class that needs the vector module. */
final class VectorKernels {
    private VectorKernels() {}

    static int widestBits() {
        return Simd.widestBits();
    }

    static Installed install(KernelTable.Builder table) {
        Conv2dDirect direct = new Conv2dDirect();
        Conv2dIm2col im2col = new Conv2dIm2col();
        Conv2dPlanes planes = new Conv2dPlanes();
        Conv2dDepthwise depthwise = new Conv2dDepthwise();
        Conv2dDepthwise3x3 nine = new Conv2dDepthwise3x3();
        table.prefer(Slot.GEMM, new GemmBlocked())
                .prefer(Slot.DOUBLE_GEMM, new DoubleGemmBlocked())
                .prefer(Slot.DOUBLE_GEMM, new DoubleGemmDots())
                .prefer(Slot.DOUBLE_GEMM, new DoubleGemmSkinny())
                .prefer(Slot.GEMM, new GemmFlat())
                .prefer(Slot.GEMM, new GemmDots())
                .prefer(Slot.GEMM, new GemmSkinny())
                .prefer(Slot.GEMM, new GemmSmall())
                .prefer(Slot.CONV2D_FORWARD, im2col)
                .prefer(Slot.CONV2D_FORWARD, direct)
                .prefer(Slot.CONV2D_FORWARD, planes)
                .prefer(Slot.CONV2D_FORWARD, depthwise)
                .prefer(Slot.CONV2D_FORWARD, nine)
                .prefer(Slot.CONV2D_BACKWARD_INPUT, new Conv2dBackwardInputCol2im())
                .prefer(
                        Slot.CONV2D_BACKWARD_INPUT,
                        new Conv2dBackwardInputPhases(nine, depthwise, planes, direct, im2col))
                .prefer(Slot.CONV2D_BACKWARD_WEIGHTS, new Conv2dBackwardWeightsDirect())
                .prefer(Slot.CONV2D_BACKWARD_WEIGHTS, new Conv2dBackwardWeightsPlanes())
                .prefer(Slot.CONV2D_BACKWARD_WEIGHTS, new Conv2dBackwardWeightsDepthwise())
                .prefer(Slot.MAX_POOL2D_FORWARD, new MaxPool2dForwardLanes())
                .prefer(Slot.MAX_POOL2D_BACKWARD, new MaxPool2dBackwardLanes())
                .prefer(Slot.AVERAGE_POOL2D_FORWARD, new AveragePool2dForwardLanes())
                .prefer(Slot.AVERAGE_POOL2D_BACKWARD, new AveragePool2dBackwardLanes())
                .prefer(Slot.UPDATE_MOMENTUM, new MomentumLanes())
                .prefer(Slot.UPDATE_ADAPTIVE, new AdaptiveLanes())
                .prefer(Slot.SUM_OF_SQUARES, new SumOfSquaresBlocks());
        ElementwiseLanes.install(table);
        reductions(table);
        layers(table);
        return new Installed(Simd.SHAPE.vectorBitSize(), true, () -> {});
    }

    private static void reductions(KernelTable.Builder table) {
        table.prefer(Slot.REDUCE_SUM, ReduceColumns.sum())
                .prefer(Slot.REDUCE_SUM, ReduceRows.sum())
                .prefer(Slot.REDUCE_MEAN, ReduceColumns.mean())
                .prefer(Slot.REDUCE_MEAN, ReduceRows.mean())
                .prefer(Slot.REDUCE_MAX, ReduceColumns.max())
                .prefer(Slot.REDUCE_MAX, ReduceRows.max())
                .prefer(Slot.REDUCE_VARIANCE, new ReduceColumns.Variance())
                .prefer(Slot.REDUCE_VARIANCE, new ReduceRows.Variance())
                .prefer(Slot.REDUCE_ARG_MAX, new ReduceRows.ArgMax())
                .prefer(Slot.SOFTMAX, new SoftmaxColumns.Forward(false))
                .prefer(Slot.SOFTMAX, new SoftmaxRows.Forward(false))
                .prefer(Slot.LOG_SOFTMAX, new SoftmaxColumns.Forward(true))
                .prefer(Slot.LOG_SOFTMAX, new SoftmaxRows.Forward(true))
                .prefer(Slot.SOFTMAX_BACKWARD, new SoftmaxColumns.Backward(false))
                .prefer(Slot.SOFTMAX_BACKWARD, new SoftmaxRows.Backward(false))
                .prefer(Slot.LOG_SOFTMAX_BACKWARD, new SoftmaxColumns.Backward(true))
                .prefer(Slot.LOG_SOFTMAX_BACKWARD, new SoftmaxRows.Backward(true));
    }

    /** What the layers of a network need beyond products, convolutions and elementwise functions. */
    private static void layers(KernelTable.Builder table) {
        table.prefer(Slot.LRN_FORWARD, new LrnRows.Forward())
                .prefer(Slot.LRN_BACKWARD, new LrnRows.Backward())
                .prefer(Slot.RESAMPLE2D, new Resample2dLanes())
                .prefer(Slot.COPY, new CopyBlocks())
                .prefer(Slot.NORM_STATISTICS, new NormStatisticsColumns())
                .prefer(Slot.NORM_STATISTICS, new NormRows.Statistics())
                .prefer(Slot.NORM_FORWARD, new NormForwardColumns())
                .prefer(Slot.NORM_FORWARD, new NormRows.Forward())
                .prefer(Slot.NORM_BACKWARD, new NormBackwardColumns())
                .prefer(Slot.NORM_BACKWARD, new NormBackwardRows())
                .prefer(Slot.DROPOUT, new DropoutLanes());
    }
}
