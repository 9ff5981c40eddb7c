package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The 32-64-128 network that tutorials teach digits: two convolutions of 3x3 with 32 and 64 channels and ReLU, one
 * pooling of 2x2, then fully connected layers of 128, with ReLU, and of the classes.
 *
 * <pre>{@code
 * Sequential net = MnistCnn.of(10, new SeededRandom(42));   // 1,199,882 parameters
 * net.outputShape(Shape.of(64, 28, 28, 1));                 // [64, 10]
 * }</pre>
 */
public final class MnistCnn {
    private MnistCnn() {}

    /**
     * Returns the network.
     *
     * <p><b>Shapes</b>: input {@code [batch, 28, 28, 1]}, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential of(int classes, RandomGenerator random) {
        return Sequential.builder()
                .add("conv1", Conv2d.builder(1, 32, 3).build(random))
                .add("relu1", new ReLU())
                .add("conv2", Conv2d.builder(32, 64, 3).build(random))
                .add("relu2", new ReLU())
                .add("pool", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(12 * 12 * 64, 128).build(random))
                .add("relu3", new ReLU())
                .add("fc2", Linear.builder(128, classes).build(random))
                .build();
    }
}
