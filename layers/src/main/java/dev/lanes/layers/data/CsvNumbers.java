package dev.lanes.layers.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Decimal numbers between commas and line ends, read from a stream one by one; knows row, column and byte. */
final class CsvNumbers {
    private static final int MOST_CHARACTERS = 32;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] token = new byte[MOST_CHARACTERS];
    private long bufferStart;
    private int length;
    private int at;
    private int row = 1;
    private int column;
    private boolean rowEnded;

    CsvNumbers(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** Tells whether another number follows. */
    boolean hasMore() throws IOException {
        return peek() >= 0;
    }

    /** Tells whether the number read last was the last of its row. */
    boolean rowEnded() {
        return rowEnded;
    }

    /** Returns the row of the number read last, from 1. */
    int row() {
        return row;
    }

    /** Returns the column of the number read last, from 1. */
    int column() {
        return column;
    }

    /** Reads the next number, which must be finite, and the comma or line end behind it. */
    float next() throws IOException {
        row += rowEnded ? 1 : 0;
        column = rowEnded ? 1 : column + 1;
        int size = 0;
        for (int c = peek(); isPartOfNumber(c); c = peek()) {
            if (size == MOST_CHARACTERS) {
                throw failure("has more than " + MOST_CHARACTERS + " characters");
            }
            token[size++] = (byte) c;
            at++;
        }
        if (size == 0) {
            throw failure("is not a number");
        }
        float value = parse(size);
        readSeparator();
        return value;
    }

    /** Returns a failure that names row and column of the number read last. */
    DataFormatException failure(String reason) {
        return fileFailure("row " + row + ", column " + column + " " + reason);
    }

    DataFormatException fileFailure(String reason) {
        return new DataFormatException(name, bufferStart + at, reason);
    }

    private float parse(int size) throws DataFormatException {
        // Four of ten numbers are a plain 0, the ground of the image.
        if (size == 1 && token[0] == '0') {
            return 0;
        }
        try {
            float value = Float.parseFloat(new String(token, 0, size, StandardCharsets.ISO_8859_1));
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        throw failure("is not a number: " + new String(token, 0, size, StandardCharsets.ISO_8859_1));
    }

    private void readSeparator() throws IOException {
        int c = peek();
        rowEnded = c != ',';
        at += c < 0 ? 0 : 1;
        if (c == '\r') {
            c = peek();
            at += c < 0 ? 0 : 1;
        }
        if (c != ',' && c != '\n' && c >= 0) {
            throw failure("is not followed by a comma or a line end");
        }
    }

    private static boolean isPartOfNumber(int c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    private int peek() throws IOException {
        if (at == length) {
            bufferStart += length;
            at = 0;
            length = Math.max(0, in.read(buffer));
            if (length == 0) {
                return -1;
            }
        }
        return buffer[at];
    }
}
