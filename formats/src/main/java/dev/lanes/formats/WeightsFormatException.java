package dev.lanes.formats;

import java.io.IOException;

/**
 * Thrown when a file of weights is not what it should be; the message is one line, {@code FILE: reason (at byte N)}.
 */
public final class WeightsFormatException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CHARACTERS = 300;

    private final String file;
    private final long offset;
    private final String reason;

    /**
     * @param file the file as the user knows it
     * @param offset the byte at which the fault was seen, or -1 if there is no such place
     * @param reason what is wrong, and what would be right; control characters are escaped and a long text is cut,
     *     because it may quote the file
     */
    public WeightsFormatException(String file, long offset, String reason) {
        String line = printable(reason);
        super(file + ": " + line + (offset < 0 ? "" : " (at byte " + offset + ")"));
        this.file = file;
        this.offset = offset;
        this.reason = line;
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

    private static String printable(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MOST_CHARACTERS).forEach(c -> {
            int type = Character.getType(c);
            boolean strange = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            line.append(strange ? String.format("\\u%04x", c) : Character.toString(c));
        });
        return text.codePointCount(0, text.length()) > MOST_CHARACTERS ? line + "..." : line.toString();
    }
}
