package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;

/**
 * A random change of an image that does not change its class. {@link Augmentations} has the usual ones. Stateless; the
 * random numbers come from the caller, so the same numbers give the same image.
 */
@FunctionalInterface
public interface Augmentation {
    /**
     * Writes a changed image of the same size; allocates nothing.
     *
     * @param from where the image is, {@code [height, width, channels]}, beginning at {@code fromAt}; only read
     * @param to where the changed image goes, all of it, beginning at {@code toAt}; another array than {@code from}
     * @param random where chance comes from
     */
    void apply(
            float[] from, int fromAt, float[] to, int toAt, int height, int width, int channels, SeededRandom random);
}
