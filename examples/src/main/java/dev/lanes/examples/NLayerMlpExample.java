package dev.lanes.examples;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;

/** The same task with any number of layers: the tape finds the gradients, however deep the network is. */
final class NLayerMlpExample implements Example {
    @Override
    public void run(Page page) {
        Examples data = Points.spirals(400, 1);
        for (int hidden = 0; hidden <= 3; hidden++) {
            Sequential net = mlp(2, 32, hidden, 2);
            Optimiser sgd = Sgd.builder(net.parameters(), page.engine())
                    .learningRate(0.2)
                    .momentum(0.9)
                    .build();
            Tape tape = Tape.recording(page.engine());
            Pass pass = Pass.training(tape, new SeededRandom(1));
            float loss = 0;
            double accuracy = 0;
            for (int step = 0; step < 100; step++) {
                tape.reset();
                Variable scores = net.forward(tape.constant(data.x()), pass);
                Variable mean = SoftmaxCrossEntropy.of(scores, data.labels(), pass);
                sgd.step(tape.backward(mean));
                loss = mean.value().item();
                accuracy = Metrics.accuracy(scores.value(), data.labels());
            }
            page.say("%d hidden layers: loss %.3f  accuracy %.3f", hidden, loss, accuracy);
        }
        page.say("%s", mlp(2, 32, 2, 2).summary(Shape.of(1, 2)));
    }

    private static Sequential mlp(int in, int width, int hidden, int out) {
        SeededRandom random = new SeededRandom(42);
        Sequential.Builder layers = Sequential.builder();
        for (int i = 1; i <= hidden; i++) {
            layers.add("fc" + i, Linear.builder(i == 1 ? in : width, width).build(random));
            layers.add("relu" + i, new ReLU());
        }
        return layers.add(
                        "scores", Linear.builder(hidden == 0 ? in : width, out).build(random))
                .build();
    }
}
