package dev.lanes.tests.kit;

import dev.lanes.numerics.kernels.Epilogue;

/** The epilogues that cases end with. */
enum Ending {
    /** Nothing. */
    NONE,
    /** A bias. */
    BIAS,
    /** A bias and a ReLU. */
    BIAS_RELU,
    /** No bias, clamped on both sides. */
    CLAMP,
    /** A bias, clamped above alone. */
    BIAS_BELOW;

    /** Returns the epilogue over fresh values; without its clamps where absolute sums are wanted. */
    Epilogue epilogue(Memory memory, Values values, int columns) {
        float[] bias = null;
        int offset = 0;
        if (this == BIAS || this == BIAS_RELU || this == BIAS_BELOW) {
            Guarded operand = memory.input("bias", values.any(columns));
            bias = operand.array();
            offset = operand.offset();
        }
        float low = Float.NEGATIVE_INFINITY;
        float high = Float.POSITIVE_INFINITY;
        if (!memory.absolute()) {
            low = this == BIAS_RELU ? 0f : this == CLAMP ? -0.5f : low;
            high = this == CLAMP || this == BIAS_BELOW ? 0.75f : high;
        }
        return new Epilogue(bias, offset, low, high);
    }
}
