package dev.lanes.examples;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** Batch normalisation: in training by the batch's own mean and variance, in use by the running ones. */
final class BatchNormExample implements Example {
    @Override
    public void run(Page page) {
        SeededRandom random = new SeededRandom(42);
        BatchNorm layer = new BatchNorm(2);
        Tape tape = Tape.recording(page.engine());
        Pass training = Pass.training(tape, random);
        page.say("two channels: mean 5 and deviation 3, mean -1 and deviation 0.5");
        for (int pass = 1; pass <= 40; pass++) {
            tape.reset();
            Variable y = layer.forward(tape.constant(batch(random)), training);
            if (pass == 1 || pass == 10 || pass == 40) {
                page.say(
                        "pass %2d  out: mean %5.2f %5.2f deviation %.2f %.2f   running: mean %5.2f %5.2f variance %.2f %.2f",
                        pass,
                        mean(y.value(), 0),
                        mean(y.value(), 1),
                        deviation(y.value(), 0),
                        deviation(y.value(), 1),
                        layer.mean().value().get(0),
                        layer.mean().value().get(1),
                        layer.variance().value().get(0),
                        layer.variance().value().get(1));
            }
        }
        Pass use = Pass.evaluation(Tape.none(page.engine()));
        Tensor one = Tensor.of(Shape.of(1, 2), 8, -1);
        Tensor y = layer.forward(use.tape().constant(one), use).value();
        page.say("in use a single example needs no batch: (8, -1) becomes (%.2f, %.2f)", y.get(0, 0), y.get(0, 1));
    }

    private static Tensor batch(SeededRandom random) {
        return Tensor.generate(
                Shape.of(64, 2), i -> i % 2 == 0 ? 5 + 3 * random.nextGaussian() : -1 + 0.5 * random.nextGaussian());
    }

    private static double mean(Tensor x, int channel) {
        double sum = 0;
        for (int i = 0; i < x.shape().dim(0); i++) {
            sum += x.get(i, channel);
        }
        double mean = sum / x.shape().dim(0);
        return Math.abs(mean) < 0.005 ? 0 : mean; // never -0.00
    }

    private static double deviation(Tensor x, int channel) {
        double mean = mean(x, channel);
        double sum = 0;
        for (int i = 0; i < x.shape().dim(0); i++) {
            sum += (x.get(i, channel) - mean) * (x.get(i, channel) - mean);
        }
        return Math.sqrt(sum / x.shape().dim(0));
    }
}
