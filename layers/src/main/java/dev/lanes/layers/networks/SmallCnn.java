package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import java.util.random.RandomGenerator;

/**
 * A small convolutional classifier of small images: two convolutions of 3x3 with 16 and 32 channels, each followed by
 * ReLU and a pooling of 2x2, then fully connected layers of 128 and of one output a class.
 *
 * <pre>{@code
 * Sequential net = SmallCnn.of(Shape.of(28, 28, 1), 10, new SeededRandom(42));
 * net.outputShape(Shape.of(64, 28, 28, 1));   // [64, 10]
 * }</pre>
 */
public final class SmallCnn {
    private static final int FIRST = 16;
    private static final int SECOND = 32;
    private static final int HIDDEN = 128;

    private SmallCnn() {}

    /**
     * Returns the network with weights drawn from the given random numbers.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, channels]}, output {@code [batch, classes]}.
     *
     * @param image {@code [height, width, channels]}, at least 4x4 pixels
     * @throws ShapeMismatchException if the image is not of that form
     */
    public static Sequential of(Shape image, int classes, RandomGenerator random) {
        if (image.rank() != 3 || image.dim(0) < 4 || image.dim(1) < 4) {
            throw new ShapeMismatchException(
                    "SmallCnn", "the image is " + image + ", needs [height, width, channels] of at least 4x4 pixels");
        }
        int features = image.dim(0) / 4 * (image.dim(1) / 4) * SECOND;
        return Sequential.builder()
                .add("conv1", Conv2d.builder(image.dim(2), FIRST, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(FIRST, SECOND, 3).padding(1).build(random))
                .add("relu2", new ReLU())
                .add("pool2", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(features, HIDDEN).build(random))
                .add("relu3", new ReLU())
                .add("fc2", Linear.builder(HIDDEN, classes).build(random))
                .build();
    }
}
