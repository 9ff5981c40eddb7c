package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.kernels.Epilogue;

/** What the reference kernels share. */
final class ReferenceMath {
    private ReferenceMath() {}

    /** Applies an epilogue to the sum for the output at an index, which is still in double, and rounds once. */
    static float finish(double sum, Epilogue epilogue, int column, int at) {
        double value = epilogue.bias() == null ? sum : sum + epilogue.bias()[epilogue.biasOffset() + column];
        if (epilogue.residual() != null) {
            value += epilogue.residual()[at + epilogue.residualShift()];
        }
        return (float) Math.min(Math.max(value, epilogue.low()), epilogue.high());
    }
}
