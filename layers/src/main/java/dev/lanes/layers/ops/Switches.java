package dev.lanes.layers.ops;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which tap of each window won in the latest application of a maximum pooling, for {@link MaxUnpool2dOp} to put values
 * back where they came from. For one thread.
 */
public final class Switches {
    private Pool2dGeometry geometry;
    private int[] taps = {};

    /** Makes a place for switches; there are none before the pooling has been applied. */
    public Switches() {}

    /** Remembers the switches of one application. */
    void take(Pool2dGeometry g, int[] switches) {
        geometry = g;
        taps = Arrays.copyOf(switches, g.outputShape().elements());
    }

    /** Returns the geometry of the latest application, if there was one. */
    public Optional<Pool2dGeometry> geometry() {
        return Optional.ofNullable(geometry);
    }

    /** Returns a copy of which tap won, {@code kh * kW + kw}, for each output of the latest application. */
    public int[] taps() {
        return taps.clone();
    }
}
