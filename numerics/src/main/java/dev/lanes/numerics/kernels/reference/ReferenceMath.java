package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.kernels.Epilogue;

/** What the reference kernels share. */
final class ReferenceMath {
    private ReferenceMath() {}

    /** Applies an epilogue to a sum that is still in double, and rounds once. */
    static float finish(double sum, Epilogue epilogue, int column) {
        double biased = epilogue.bias() == null ? sum : sum + epilogue.bias()[epilogue.biasOffset() + column];
        return (float) Math.min(Math.max(biased, epilogue.low()), epilogue.high());
    }
}
