package dev.lanes.examples;

import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** Points of the plane, in classes. */
final class Points {
    private Points() {}

    /** Returns two spirals wound into one another: no line separates them. */
    static Examples spirals(int n, long seed) {
        SeededRandom random = new SeededRandom(seed);
        Tensor x = Tensor.zeros(n, 2);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            double t = 0.1 + 0.9 * random.nextDouble();
            double angle = 5 * t + Math.PI * labels[i] + 0.1 * random.nextGaussian();
            x.set((float) (t * StrictMath.cos(angle)), i, 0);
            x.set((float) (t * StrictMath.sin(angle)), i, 1);
        }
        return new Examples(x, labels, 2);
    }

    /** Returns clouds of normally distributed points around the given middles, in turns. */
    static Examples clouds(int n, double deviation, long seed, double[]... middles) {
        SeededRandom random = new SeededRandom(seed);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % middles.length;
        }
        Tensor x = Tensor.generate(
                Shape.of(n, 2), i -> middles[i / 2 % middles.length][i % 2] + deviation * random.nextGaussian());
        return new Examples(x, labels, middles.length);
    }
}
