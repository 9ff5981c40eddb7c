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
    BIAS_BELOW,
    /** An array to add. */
    RESIDUAL,
    /** A bias, an array to add, and a ReLU. */
    BIAS_RESIDUAL_RELU;

    /**
     * Returns the epilogue over fresh values; without its clamps where absolute sums are wanted.
     *
     * @param c the output, rows {@code ldc} apart
     */
    Epilogue epilogue(Memory memory, Values values, Guarded c, int rows, int columns, int ldc) {
        float[] bias = null;
        int offset = 0;
        if (this == BIAS || this == BIAS_RELU || this == BIAS_BELOW || this == BIAS_RESIDUAL_RELU) {
            Guarded operand = memory.input("bias", values.any(columns));
            bias = operand.array();
            offset = operand.offset();
        }
        float low = Float.NEGATIVE_INFINITY;
        float high = Float.POSITIVE_INFINITY;
        if (!memory.absolute()) {
            low = this == BIAS_RELU || this == BIAS_RESIDUAL_RELU ? 0f : this == CLAMP ? -0.5f : low;
            high = this == CLAMP || this == BIAS_BELOW ? 0.75f : high;
        }
        Epilogue epilogue = new Epilogue(bias, offset, null, 0, low, high);
        if (this == RESIDUAL || this == BIAS_RESIDUAL_RELU) {
            Guarded residual = memory.input("residual", rows, columns, ldc, values.any(rows * columns));
            return epilogue.residual(residual.array(), residual.offset(), c.offset());
        }
        return epilogue;
    }
}
