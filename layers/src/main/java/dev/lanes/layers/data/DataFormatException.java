package dev.lanes.layers.data;

import java.io.IOException;

/**
 * Thrown when a data file is not what it should be; the message is one line, {@code FILE: reason (at byte N)}.
 *
 * <p>In a compressed file the offset counts the bytes after decompression.
 */
public final class DataFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String reason;

    /**
     * @param file the file as the user knows it
     * @param offset the byte at which the fault was seen, or -1 if there is no such place
     * @param reason what is wrong, and what would be right
     */
    public DataFormatException(String file, long offset, String reason) {
        super(file + ": " + reason + (offset < 0 ? "" : " (at byte " + offset + ")"));
        this.file = file;
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns the file as the user knows it. */
    public String file() {
        return file;
    }

    /** Returns the byte at which the fault was seen, or -1 if there is no such place. */
    public long offset() {
        return offset;
    }

    /** Returns what is wrong, without file and offset. */
    public String reason() {
        return reason;
    }
}
