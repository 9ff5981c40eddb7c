package dev.lanes.layers.nn;

/** What the normalising layers share. */
final class Norms {
    /** The epsilon of layers that are not told one. */
    static final double EPSILON = 1e-5;

    private Norms() {}

    static void requireChannels(String layer, int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(layer + ": there are " + channels + " channels, needs at least 1");
        }
    }
}
