package dev.lanes.examples;

import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.learners.Perceptron;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/** Rosenblatt's perceptron learns what a line separates: AND and OR, but never XOR. */
final class PerceptronExample implements Example {
    @Override
    public void run(Page page) {
        Tensor corners = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
        learn(page, "AND", new Examples(corners, new int[] {0, 0, 0, 1}, 2));
        learn(page, "OR", new Examples(corners, new int[] {0, 1, 1, 1}, 2));
        learn(page, "XOR", new Examples(corners, new int[] {0, 1, 1, 0}, 2));
    }

    private static void learn(Page page, String name, Examples examples) {
        Perceptron p = Perceptron.train(examples, 1, 12, 42, page.engine());
        page.say("%-3s mistakes an epoch %s", name, Arrays.toString(p.mistakes()));
        page.say(
                "    fires if %.0f x1 + %.0f x2 + %.0f > 0: says %s, %s",
                p.weights().get(0, 0),
                p.weights().get(0, 1),
                p.bias()[0],
                Arrays.toString(p.predict(examples.x())),
                p.converged() ? "all right" : "and would go on for ever");
    }
}
