package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The networks for handwritten digits after LeCun, Bottou, Bengio and Haffner (1998), with ReLU and maxima where the
 * original had sigmoids and averages.
 *
 * <p><b>Shapes</b>: input {@code [batch, 28, 28, 1]}, output {@code [batch, classes]}.
 *
 * <pre>{@code
 * Sequential net = LeNet.five(10, new SeededRandom(42));   // 61,706 parameters
 * net.outputShape(Shape.of(64, 28, 28, 1));                // [64, 10]
 * }</pre>
 */
public final class LeNet {
    private LeNet() {}

    /**
     * Returns LeNet-5: convolutions of 5x5 with 6 and 16 channels, each with ReLU and a pooling of 2x2, then fully
     * connected layers of 120, 84 and the classes. The first convolution pads the image to 32x32.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential five(int classes, RandomGenerator random) {
        return Sequential.builder()
                .add("conv1", Conv2d.builder(1, 6, 5).padding(2).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(6, 16, 5).build(random))
                .add("relu2", new ReLU())
                .add("pool2", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(5 * 5 * 16, 120).build(random))
                .add("relu3", new ReLU())
                .add("fc2", Linear.builder(120, 84).build(random))
                .add("relu4", new ReLU())
                .add("fc3", Linear.builder(84, classes).build(random))
                .build();
    }

    /**
     * Returns the wide LeNet that Caffe made known: convolutions of 5x5 with 20 and 50 channels, each with a pooling of
     * 2x2 and nothing else, then fully connected layers of 500, with ReLU, and of the classes.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential wide(int classes, RandomGenerator random) {
        return Sequential.builder()
                .add("conv1", Conv2d.builder(1, 20, 5).build(random))
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(20, 50, 5).build(random))
                .add("pool2", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(4 * 4 * 50, 500).build(random))
                .add("relu1", new ReLU())
                .add("fc2", Linear.builder(500, classes).build(random))
                .build();
    }
}
