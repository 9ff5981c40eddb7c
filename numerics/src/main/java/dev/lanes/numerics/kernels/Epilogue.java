package dev.lanes.numerics.kernels;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is done to every output element while it is at hand: {@code y = min(max(bias[column] + sum + residual, low),
 * high)}, where column is the output channel. The sum begins at the bias; the residual is added when it is complete.
 *
 * @param bias one value a column, or null for none
 * @param biasOffset index in {@code bias} of the first column
 * @param residual an array laid out as the output, or null for none; it shares no memory with the output
 * @param residualShift what an index of the output's array is moved by to give that in {@code residual}
 * @param low lower clamp; 0 makes a ReLU; negative infinity for none
 * @param high upper clamp; positive infinity for none
 */
public record Epilogue(float[] bias, int biasOffset, float[] residual, int residualShift, float low, float high) {
    /** Does nothing. */
    public static final Epilogue NONE =
            new Epilogue(null, 0, null, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /** Returns an epilogue that adds one value a column. */
    public static Epilogue bias(float[] bias, int biasOffset) {
        return new Epilogue(Objects.requireNonNull(bias), biasOffset, null, 0, NONE.low, NONE.high);
    }

    /** Returns this epilogue with an array to add, whose first element goes to the one at {@code outOffset} of the output. */
    public Epilogue residual(float[] values, int offset, int outOffset) {
        return new Epilogue(bias, biasOffset, Objects.requireNonNull(values), offset - outOffset, low, high);
    }

    /** Returns this epilogue with other clamps. */
    public Epilogue clamp(float newLow, float newHigh) {
        return new Epilogue(bias, biasOffset, residual, residualShift, newLow, newHigh);
    }

    /** Returns this epilogue followed by {@code max(y, 0)}. */
    public Epilogue relu() {
        return clamp(0f, high);
    }

    /** Tells whether the values are clamped at all. */
    public boolean clamps() {
        return low != Float.NEGATIVE_INFINITY || high != Float.POSITIVE_INFINITY;
    }

    /** Tells whether there is nothing to do. */
    public boolean isNone() {
        return bias == null && residual == null && !clamps();
    }

    /**
     * Begins a block of outputs: sets it to {@code beta * c + bias}, and where beta is 0 to the bias (or 0) alone,
     * whatever stood there.
     *
     * @param c the block's {@code rows} rows of {@code columns} values, {@code ldc} apart, from {@code cAt} on
     * @param column the output column that the block begins at
     */
    public void begin(int rows, int columns, float beta, float[] c, int cAt, int ldc, int column) {
        int biasAt = biasOffset + column;
        for (int i = 0; i < rows; i++) {
            int at = cAt + i * ldc;
            if (beta == 0f) {
                if (bias == null) {
                    Arrays.fill(c, at, at + columns, 0f);
                } else {
                    System.arraycopy(bias, biasAt, c, at, columns);
                }
            } else {
                for (int j = 0; j < columns; j++) {
                    c[at + j] = beta * c[at + j] + (bias == null ? 0f : bias[biasAt + j]);
                }
            }
        }
    }

    /** Ends a block of outputs, described as for {@link #begin}: adds the residual and clamps. */
    public void end(int rows, int columns, float[] c, int cAt, int ldc) {
        for (int i = 0; i < rows; i++) {
            int at = cAt + i * ldc;
            if (residual != null) {
                for (int j = at; j < at + columns; j++) {
                    c[j] += residual[j + residualShift];
                }
            }
            if (clamps()) {
                for (int j = at; j < at + columns; j++) {
                    c[j] = Math.min(Math.max(c[j], low), high);
                }
            }
        }
    }
}
