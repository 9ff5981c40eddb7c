package dev.lanes.cli.data;

import java.io.IOException;

/** Thrown when a data set is not on this machine or cannot be fetched; the message is one line with what to do. */
public final class DataUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is missing or went wrong, and what to do about it. */
    public DataUnavailableException(String message) {
        super(message);
    }
}
