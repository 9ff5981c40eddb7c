package dev.lanes.examples;

import dev.lanes.layers.networks.AlexNet;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** AlexNet as published, layer by layer, and what is left of its size when layers are left out. */
final class AlexNetExample implements Example {
    private static final Shape IMAGE = Shape.of(1, 227, 227, 3);
    /** Draws zeros: sizes need no weights. */
    private static final RandomGenerator ZEROS = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextGaussian() {
            return 0;
        }
    };

    @Override
    public void run(Page page) {
        Sequential net = AlexNet.of(1000, ZEROS);
        page.say("%s", net.summary(IMAGE));
        page.say("neurons: %,d", neurons(net));
        page.say("");
        page.say("without layers    parameters   multiplications");
        for (Set<Integer> left :
                List.of(Set.<Integer>of(), Set.of(7), Set.of(6, 7), Set.of(3, 4), Set.of(3, 4, 6, 7))) {
            Sequential rest = AlexNet.without(left, 1000, ZEROS);
            long weights = rest.parameters().stream()
                    .mapToLong(p -> p.value().elements())
                    .sum();
            page.say("%-14s  %,12d  %,16d", new TreeSet<>(left), weights, rest.flops(IMAGE) / 2);
        }
        page.say("most parameters are in the fully connected layers, most multiplications in the convolutions");
    }

    /** The values behind each layer that has weights. */
    private static long neurons(Sequential net) {
        long neurons = 0;
        Shape shape = IMAGE;
        for (Sequential.Child child : net.children()) {
            shape = child.layer().outputShape(shape);
            neurons += child.layer().parameters().isEmpty() ? 0 : shape.elements();
        }
        return neurons;
    }
}
