package dev.lanes.cli;

/** Thrown where a command finds out, after parsing, that it was asked for something that makes no sense: exit code 2. */
public final class MisuseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says in one line what was asked and what would fit. */
    public MisuseException(String message) {
        super(message);
    }
}
