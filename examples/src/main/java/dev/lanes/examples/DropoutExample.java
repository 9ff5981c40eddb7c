package dev.lanes.examples;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** Dropout: in training values fall to zero at random and the others grow to make up for it; in use nothing happens. */
final class DropoutExample implements Example {
    @Override
    public void run(Page page) {
        Dropout half = new Dropout(0.5);
        Tensor ones = Tensor.zeros(1, 16).fill(1);
        Pass training = Pass.training(Tape.none(page.engine()), new SeededRandom(42));
        page.say("sixteen ones, dropped with probability 0.5, in three passes of training:");
        for (int i = 0; i < 3; i++) {
            page.matrix(
                    " %.0f",
                    half.forward(training.tape().constant(ones), training).value());
        }
        Pass use = Pass.evaluation(Tape.none(page.engine()));
        page.say("in use:");
        page.matrix(" %.0f", half.forward(use.tape().constant(ones), use).value());

        Tensor many = Tensor.zeros(Shape.of(1, 100_000)).fill(1);
        page.say("the mean of 100,000 ones stays what it was:");
        for (double probability : new double[] {0.1, 0.5, 0.9}) {
            Tensor y = new Dropout(probability)
                    .forward(training.tape().constant(many), training)
                    .value();
            double sum = 0;
            int zeros = 0;
            for (float value : y.toArray()) {
                sum += value;
                zeros += value == 0 ? 1 : 0;
            }
            page.say("  probability %.1f: %.1f %% are zero, mean %.2f", probability, zeros / 1e3, sum / 1e5);
        }
    }
}
