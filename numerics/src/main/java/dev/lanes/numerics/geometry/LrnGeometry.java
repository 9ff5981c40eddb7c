package dev.lanes.numerics.geometry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extent of a local response normalisation of {@code x [rows, channels]}, where each value is divided by a power of
 * the squares around it:
 *
 * <pre>{@code
 * s[r, c] = k + alpha / size * sum over j from c - (size - 1) / 2 to c + size / 2 of x[r, j]^2
 * y[r, c] = x[r, c] * s[r, c]^-beta
 * }</pre>
 *
 * <p>as in ONNX and PyTorch; Krizhevsky et al. (2012), who introduced it, do not divide alpha by the size. Channels beyond
 * the first and the last count as 0. Immutable, safe for any thread. Text form: {@code r64 c96 n5 a1.0E-4 b0.75 k2.0};
 * {@link #parse} reads it.
 *
 * @param size how many channels stand in a sum
 */
public record LrnGeometry(int rows, int channels, int size, double alpha, double beta, double k) {
    private static final Pattern TEXT =
            Pattern.compile("r(?<r>\\d+) c(?<c>\\d+) n(?<n>\\d+) a(?<a>[-.\\dE]+) b(?<b>[-.\\dE]+) k(?<k>[-.\\dE]+)");

    /**
     * Checks sizes and parameters; there may be no rows.
     *
     * @throws IllegalArgumentException if there is no channel or size, alpha or beta is negative, k is not above 0, or the
     *     whole does not fit one Java array
     */
    public LrnGeometry {
        if (rows < 0 || channels < 1 || size < 1 || (long) rows * channels > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("lrn: rows " + rows + " must not be negative, channels " + channels
                    + " and size " + size + " at least 1, and the whole must fit one Java array");
        }
        if (!(alpha >= 0 && beta >= 0 && k > 0 && alpha + beta + k < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "lrn: alpha " + alpha + " and beta " + beta + " must not be negative, k " + k + " above 0");
        }
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static LrnGeometry parse(String text) {
        Matcher t = GeometryText.match(TEXT, text, "r64 c96 n5 a1.0E-4 b0.75 k2.0");
        return new LrnGeometry(
                GeometryText.number(t, "r"),
                GeometryText.number(t, "c"),
                GeometryText.number(t, "n"),
                Double.parseDouble(t.group("a")),
                Double.parseDouble(t.group("b")),
                Double.parseDouble(t.group("k")));
    }

    /** Returns how many channels before its own a sum begins; one that ends as far behind is turned around. */
    public int before() {
        return (size - 1) / 2;
    }

    /** Returns how many channels behind its own a sum ends. */
    public int behind() {
        return size / 2;
    }

    /** Returns {@code rows * channels}. */
    public int elements() {
        return rows * channels;
    }

    /** Returns the text form, as in {@code r64 c96 n5 a1.0E-4 b0.75 k2.0}. */
    @Override
    public String toString() {
        return "r" + rows + " c" + channels + " n" + size + " a" + alpha + " b" + beta + " k" + k;
    }
}
