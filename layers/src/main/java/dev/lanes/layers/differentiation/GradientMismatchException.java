package dev.lanes.layers.differentiation;

/** Thrown by {@link GradientCheck.Report#orThrow} where derivatives disagree; the message has all three values. */
public final class GradientMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GradientMismatchException(String message) {
        super(message);
    }
}
