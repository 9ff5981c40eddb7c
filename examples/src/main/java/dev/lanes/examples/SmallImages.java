package dev.lanes.examples;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Tensor;
import java.util.List;

/** Small noisy images of four shapes at random places: enough to teach a convolutional network in a second. */
final class SmallImages {
    static final int SIZE = 12;
    private static final List<String> SHAPES = List.of("horizontal", "vertical", "cross", "ring");

    private SmallImages() {}

    /** Returns n images {@code [12, 12, 1]} from about 0 to 1. */
    static Dataset of(int n, long seed) {
        SeededRandom random = new SeededRandom(seed);
        Tensor images = Tensor.zeros(n, SIZE, SIZE, 1);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % SHAPES.size();
            int top = (int) (random.nextDouble() * 5);
            int left = (int) (random.nextDouble() * 5);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double ink = isInk(labels[i], y - top, x - left) ? 0.8 : 0;
                    images.set((float) (ink + 0.2 * random.nextDouble()), i, y, x, 0);
                }
            }
        }
        return new Dataset("shapes", images, labels, SHAPES);
    }

    /** Tells whether a pixel of the 8x8 square of a shape is dark. */
    private static boolean isInk(int shape, int y, int x) {
        if (y < 0 || x < 0 || y > 7 || x > 7) {
            return false;
        }
        boolean row = y == 3 || y == 4;
        boolean column = x == 3 || x == 4;
        boolean rim = y == 0 || x == 0 || y == 7 || x == 7;
        return switch (shape) {
            case 0 -> row;
            case 1 -> column;
            case 2 -> row || column;
            default -> rim;
        };
    }
}
