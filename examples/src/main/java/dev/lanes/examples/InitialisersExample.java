package dev.lanes.examples;

import dev.lanes.layers.initialisers.Initialiser;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.random.RandomGenerator;

/** How weights begin decides whether a signal survives twenty layers: too small it dies, too large it explodes. */
final class InitialisersExample implements Example {
    @Override
    public void run(Page page) {
        page.say("standard deviation of the activations behind 1, 5, 10, 20 layers of 256 units with ReLU");
        show(page, "deviation 0.01", (w, random) -> fill(w, 0.01, random));
        show(page, "deviation 0.2", (w, random) -> fill(w, 0.2, random));
        show(page, "Xavier", Initialisers.xavierNormal());
        show(page, "He", Initialisers.heNormal());
    }

    private static void show(Page page, String name, Initialiser initialiser) {
        SeededRandom random = new SeededRandom(42);
        Tensor x = Tensor.generate(Shape.of(64, 256), i -> random.nextGaussian());
        double[] deviation = new double[21];
        for (int layer = 1; layer <= 20; layer++) {
            Tensor w = Tensor.zeros(256, 256);
            initialiser.initialise(w, random);
            x = page.engine().relu(page.engine().matmul(x, w));
            deviation[layer] = deviation(x);
        }
        page.say("  %-15s %.1e  %.1e  %.1e  %.1e", name, deviation[1], deviation[5], deviation[10], deviation[20]);
    }

    private static void fill(Tensor w, double deviation, RandomGenerator random) {
        for (int i = 0; i < w.elements(); i++) {
            w.array()[w.offset() + i] = (float) (deviation * random.nextGaussian());
        }
    }

    private static double deviation(Tensor x) {
        double sum = 0;
        double squares = 0;
        for (float v : x.toArray()) {
            sum += v;
            squares += (double) v * v;
        }
        double mean = sum / x.elements();
        return Math.sqrt(squares / x.elements() - mean * mean);
    }
}
