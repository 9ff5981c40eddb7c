package dev.lanes.layers.differentiation.symbolic;

/** Thrown for a text that is no formula; the message begins with the position. */
public final class ExpressionSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Where, counted in characters from 1. */
    private final int position;

    ExpressionSyntaxException(int position, String message) {
        super("position " + position + ": " + message);
        this.position = position;
    }

    /** Returns where the text goes wrong, counted in characters from 1. */
    public int position() {
        return position;
    }
}
