package dev.lanes.examples;

import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.learners.LinearSoftmax;

/** Linear scores and softmax: three clouds are parted by lines, two spirals cannot be. */
final class LinearSoftmaxExample implements Example {
    @Override
    public void run(Page page) {
        Examples clouds = Points.clouds(300, 0.8, 1, new double[] {0, 0}, new double[] {4, 0}, new double[] {2, 3});
        LinearSoftmax model = LinearSoftmax.builder(page.engine())
                .learningRate(0.5)
                .epochs(20)
                .train(clouds);
        page.say("three clouds: loss %.3f -> %.3f, log(3) = %.3f", first(model), last(model), Math.log(3));
        page.say("  accuracy %.3f", model.accuracy(clouds));
        page.say("  probabilities of the first point of the second:");
        page.matrix(" %.3f", model.probabilities(clouds.x().slice(1, 2)));

        Examples spirals = Points.spirals(400, 1);
        LinearSoftmax lost = LinearSoftmax.builder(page.engine())
                .learningRate(0.5)
                .epochs(50)
                .train(spirals);
        page.say("two spirals: loss %.3f -> %.3f, log(2) = %.3f", first(lost), last(lost), Math.log(2));
        page.say("  accuracy %.3f: this needs a hidden layer", lost.accuracy(spirals));
    }

    private static double first(LinearSoftmax model) {
        return model.losses()[0];
    }

    private static double last(LinearSoftmax model) {
        return model.losses()[model.losses().length - 1];
    }
}
