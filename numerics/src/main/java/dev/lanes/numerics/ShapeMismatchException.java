package dev.lanes.numerics;

/**
 * Thrown when operands do not fit one another; the message names the operation, the values that disagree and what
 * would fit, as in {@code conv2d: input is [1, 56, 56, 32], needs [1, 56, 56, 64]; b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1}.
 */
public final class ShapeMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String operation;

    /**
     * @param operation the operation that was asked for, as the user calls it
     * @param message what disagrees with what, and what would fit
     */
    public ShapeMismatchException(String operation, String message) {
        super(operation + ": " + message);
        this.operation = operation;
    }

    /** Returns the name of the operation whose operands did not fit. */
    public String operation() {
        return operation;
    }

    /** Throws unless an operand has the shape that the operation needs. */
    public static void require(String operation, String operand, Shape actual, Shape needed) {
        if (!actual.equals(needed)) {
            throw new ShapeMismatchException(operation, operand + " is " + actual + ", needs " + needed);
        }
    }

    /** Throws unless an operand has the shape that the operation needs; the context (a geometry) ends the message. */
    public static void require(String operation, String operand, Shape actual, Shape needed, Object context) {
        if (!actual.equals(needed)) {
            throw new ShapeMismatchException(
                    operation, operand + " is " + actual + ", needs " + needed + "; " + context);
        }
    }
}
