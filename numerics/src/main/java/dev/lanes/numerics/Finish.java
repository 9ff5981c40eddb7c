package dev.lanes.numerics;

import dev.lanes.numerics.kernels.Epilogue;

/**
 * What an operation does to each of its outputs while it is still at hand, so that nothing passes over the tensor a second
 * time: {@code y = min(max(sum + bias[channel] + residual, low), high)}.
 *
 * <p><b>Shapes</b>: bias {@code [outC]} (of a matrix product {@code [n]}, or {@code [m, 1]}), residual the shape of the output; either may be null for none. The output shares
 * memory with neither. The numbers are those of a sum that begins at the bias, followed by an addition of the residual
 * and a clamp. Immutable, safe for any thread.
 *
 * <pre>{@code
 * engine.conv2d().forward(x, w, geometry, Finish.bias(b).residual(shortcut).relu(), y);
 * }</pre>
 *
 * @param bias one value a channel, or null
 * @param residual what is added to the output, or null
 * @param low lower clamp; 0 makes a ReLU; negative infinity for none
 * @param high upper clamp; positive infinity for none
 */
public record Finish(Tensor bias, Tensor residual, float low, float high) {
    /** Does nothing. */
    public static final Finish NONE = new Finish(null, null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * Checks the clamps.
     *
     * @throws IllegalArgumentException if low is not at most high, or one of them is NaN
     */
    public Finish {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp from " + low + " to " + high + " leaves no value");
        }
    }

    /** Returns one that adds a value to every channel; null adds nothing. */
    public static Finish bias(Tensor bias) {
        return bias == null ? NONE : new Finish(bias, null, NONE.low, NONE.high);
    }

    /** Returns this with a tensor to add to the output; null adds nothing. */
    public Finish residual(Tensor values) {
        return new Finish(bias, values, low, high);
    }

    /** Returns this followed by {@code max(y, 0)}. */
    public Finish relu() {
        return new Finish(bias, residual, 0f, high);
    }

    /** Returns this followed by {@code min(max(y, low), high)}; 0 and 6 make a ReLU6. */
    public Finish clamp(float newLow, float newHigh) {
        return new Finish(bias, residual, newLow, newHigh);
    }

    /**
     * Where the bias is one value a row, {@code [m, 1]}, begins the rows of y at it and returns what is left to do, for a
     * product that keeps what stands in y: what kernels do with a value a column. Otherwise does nothing and returns this.
     */
    Finish beginRows(String operation, float beta, Tensor y) {
        if (bias == null || !bias.shape().is(y.shape().dim(0), 1)) {
            return this;
        }
        Checks.apart(operation, "output", y, "bias", bias);
        float[] values = y.array();
        int columns = y.shape().dim(1);
        for (int i = 0; i < y.shape().dim(0); i++) {
            float first = bias.array()[bias.offset() + i];
            int end = y.offset() + (i + 1) * columns;
            for (int at = end - columns; at < end; at++) {
                values[at] = beta == 0f ? first : beta * values[at] + first;
            }
        }
        return new Finish(null, residual, low, high);
    }

    /** Checks the operands against an output of {@code columns} channels and returns the form that kernels take. */
    Epilogue epilogue(String operation, Tensor y, int columns, Object context) {
        Epilogue epilogue = Epilogue.NONE;
        if (bias != null) {
            if (!bias.shape().is(columns)) {
                ShapeMismatchException.require(operation, "bias", bias.shape(), Shape.of(columns), context);
            }
            Checks.apart(operation, "output", y, "bias", bias);
            epilogue = Epilogue.bias(bias.array(), bias.offset());
        }
        if (residual != null) {
            ShapeMismatchException.require(operation, "residual", residual.shape(), y.shape(), context);
            Checks.apart(operation, "output", y, "residual", residual);
            epilogue = epilogue.residual(residual.array(), residual.offset(), y.offset());
        }
        return low == NONE.low && high == NONE.high ? epilogue : epilogue.clamp(low, high);
    }
}
