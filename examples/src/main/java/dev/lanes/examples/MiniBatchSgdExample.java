package dev.lanes.examples;

import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.learners.LinearSoftmax;

/** The same number of examples seen, in steps of one, of some, or of all: small batches step often, large ones surely. */
final class MiniBatchSgdExample implements Example {
    @Override
    public void run(Page page) {
        Examples train = Examples.of(SmallImages.of(800, 1));
        Examples test = Examples.of(SmallImages.of(400, 2));
        page.say("batch  steps an epoch  loss of epochs 1, 2, 5, 10        test accuracy");
        for (int batch : new int[] {1, 16, 64, 800}) {
            LinearSoftmax model = LinearSoftmax.builder(page.engine())
                    .batch(batch)
                    .learningRate(0.02 * Math.sqrt(batch))
                    .epochs(10)
                    .seed(7)
                    .train(train);
            double[] loss = model.losses();
            page.say(
                    "%5d  %14d  %.3f  %.3f  %.3f  %.3f    %.3f",
                    batch, train.size() / batch, loss[0], loss[1], loss[4], loss[9], model.accuracy(test));
        }
    }
}
