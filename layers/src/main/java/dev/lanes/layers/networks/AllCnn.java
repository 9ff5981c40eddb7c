package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.GlobalPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The network of nothing but convolutions after Springenberg, Dosovitskiy, Brox and Riedmiller (2015), model All-CNN-C:
 * where others pool, a convolution takes steps of two.
 *
 * <pre>{@code
 * Sequential net = AllCnn.of(10, random);        // 1,369,738 parameters
 * net.outputShape(Shape.of(64, 32, 32, 3));      // [64, 10]
 * }</pre>
 */
public final class AllCnn {
    private AllCnn() {}

    /**
     * Returns the network.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, 3]}, usually 32x32, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential of(int classes, RandomGenerator random) {
        return Sequential.builder()
                .add("drop0", new Dropout(0.2))
                .add("conv1", Conv2d.builder(3, 96, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("conv2", Conv2d.builder(96, 96, 3).padding(1).build(random))
                .add("relu2", new ReLU())
                .add("conv3", Conv2d.builder(96, 96, 3).stride(2).padding(1).build(random))
                .add("relu3", new ReLU())
                .add("drop3", new Dropout(0.5))
                .add("conv4", Conv2d.builder(96, 192, 3).padding(1).build(random))
                .add("relu4", new ReLU())
                .add("conv5", Conv2d.builder(192, 192, 3).padding(1).build(random))
                .add("relu5", new ReLU())
                .add("conv6", Conv2d.builder(192, 192, 3).stride(2).padding(1).build(random))
                .add("relu6", new ReLU())
                .add("drop6", new Dropout(0.5))
                .add("conv7", Conv2d.builder(192, 192, 3).build(random))
                .add("relu7", new ReLU())
                .add("conv8", Conv2d.pointwise(192, 192).build(random))
                .add("relu8", new ReLU())
                .add("conv9", Conv2d.pointwise(192, classes).build(random))
                .add("relu9", new ReLU())
                .add("pool", GlobalPool2d.average())
                .build();
    }
}
