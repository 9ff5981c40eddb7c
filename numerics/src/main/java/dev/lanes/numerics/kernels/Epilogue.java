package dev.lanes.numerics.kernels;

import java.util.Objects;

/**
 * What is done to every output element while it is at hand: {@code y = min(max(bias[column] + sum, low), high)}, where
 * column is the output channel and the sum begins at the bias.
 *
 * @param bias one value a column, or null for none
 * @param biasOffset index in {@code bias} of the first column
 * @param low lower clamp; 0 makes a ReLU; negative infinity for none
 * @param high upper clamp; positive infinity for none
 */
public record Epilogue(float[] bias, int biasOffset, float low, float high) {
    /** Does nothing. */
    public static final Epilogue NONE = new Epilogue(null, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /** Returns an epilogue that adds one value a column. */
    public static Epilogue bias(float[] bias, int biasOffset) {
        return new Epilogue(Objects.requireNonNull(bias), biasOffset, NONE.low, NONE.high);
    }

    /** Returns this epilogue followed by {@code max(y, 0)}. */
    public Epilogue relu() {
        return new Epilogue(bias, biasOffset, 0f, high);
    }

    /** Tells whether the values are clamped at all. */
    public boolean clamps() {
        return low != Float.NEGATIVE_INFINITY || high != Float.POSITIVE_INFINITY;
    }

    /** Tells whether there is nothing to do. */
    public boolean isNone() {
        return bias == null && !clamps();
    }
}
