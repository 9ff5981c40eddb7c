package dev.lanes.examples;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.networks.LeNet;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.layers.training.TrainingListener;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** LeNet-5, layer by layer, and taught on small shapes in frames of 28x28 pixels. */
final class LeNetExample implements Example {
    @Override
    public void run(Page page) {
        Sequential net = LeNet.five(4, new SeededRandom(42));
        page.say("%s", net.summary(Shape.of(1, 28, 28, 1)));
        Sgd sgd = Sgd.builder(net.parameters(), page.engine())
                .learningRate(0.05)
                .momentum(0.9)
                .build();
        Trainer trainer = new Trainer(net, sgd, new TrainingConfig(3, 16, 7), page.engine());
        for (EpochReport epoch : trainer.fit(framed(320, 1), framed(80, 2), TrainingListener.none())) {
            page.say(
                    "epoch %d  loss %.3f  validation accuracy %.3f",
                    epoch.epoch(),
                    epoch.trainLoss(),
                    epoch.validation().orElseThrow().accuracy());
        }
    }

    /** Images of 12x12 pixels in the middle of 28x28. */
    private static Dataset framed(int n, long seed) {
        Dataset small = SmallImages.of(n, seed);
        Tensor images = Tensor.zeros(n, 28, 28, 1);
        for (int i = 0; i < n; i++) {
            for (int y = 0; y < SmallImages.SIZE; y++) {
                for (int x = 0; x < SmallImages.SIZE; x++) {
                    images.set(small.image(i).get(y, x, 0), i, y + 8, x + 8, 0);
                }
            }
        }
        return new Dataset("framed shapes", images, small.labels(), small.classNames());
    }
}
