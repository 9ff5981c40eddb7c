package dev.lanes.numerics.geometry;

import dev.lanes.numerics.Shape;
import java.util.Objects;

/**
 * A linear map of images along both axes, each with its own taps: {@code y[b, o, p, c] = sum over taps s of o and t of p
 * of weight[s] * weight[t] * x[b, index[s], index[t], c]}. Immutable, safe for any thread.
 *
 * <p><b>Shapes</b>: x {@code [batch, rows.in, columns.in, channels]}, y {@code [batch, rows.out, columns.out, channels]}.
 *
 * @param rows the map along the height
 * @param columns the map along the width
 */
public record Resample2dGeometry(int batch, int channels, AxisTaps rows, AxisTaps columns) {
    /**
     * Checks the sizes; the batch may be 0.
     *
     * @throws IllegalArgumentException if the batch is negative, there is no channel, or a tensor would not fit one Java
     *     array
     */
    public Resample2dGeometry {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(columns, "columns");
        if (batch < 0 || channels < 1) {
            throw new IllegalArgumentException(
                    "resample2d: batch " + batch + " must not be negative, channels " + channels + " at least 1");
        }
        Shape.of(batch, rows.in(), columns.in(), channels);
        Shape.of(batch, rows.out(), columns.out(), channels);
    }

    /** Returns the map of gradients. */
    public Resample2dGeometry transposed() {
        return new Resample2dGeometry(batch, channels, rows.transposed(), columns.transposed());
    }

    /** Returns {@code [batch, rows.in, columns.in, channels]}. */
    public Shape inputShape() {
        return Shape.of(batch, rows.in(), columns.in(), channels);
    }

    /** Returns {@code [batch, rows.out, columns.out, channels]}. */
    public Shape outputShape() {
        return Shape.of(batch, rows.out(), columns.out(), channels);
    }

    /** Returns the floating-point operations, two a tap. */
    public long flops() {
        return 2L * batch * channels * rows.taps() * columns.taps();
    }

    /** Returns batch, channels and the maps, as in {@code b1 c64 linear 2->4 | linear 2->4}. */
    @Override
    public String toString() {
        return "b" + batch + " c" + channels + " " + rows + " | " + columns;
    }
}
