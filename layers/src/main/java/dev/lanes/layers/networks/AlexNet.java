package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.LocalResponseNorm;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * AlexNet as published by Krizhevsky, Sutskever and Hinton (2012): five convolutions, of which the second, fourth and
 * fifth are divided into two groups (two graphics cards then), local response normalisation behind the first two,
 * overlapping poolings, and three fully connected layers with dropout.
 *
 * <p>Layers may be left out, as Zeiler and Fergus (2014) did to see what each is worth: without 7; without 6 and 7;
 * without 3 and 4; without 3, 4, 6 and 7.
 *
 * <pre>{@code
 * Sequential net = AlexNet.of(1000, random);                          // 60,965,224 parameters
 * net.outputShape(Shape.of(8, 227, 227, 3));                          // [8, 1000]
 * Sequential shallow = AlexNet.without(Set.of(3, 4, 6, 7), 1000, random);
 * }</pre>
 */
public final class AlexNet {
    /** The layers that can be left out. */
    private static final Set<Integer> OPTIONAL = Set.of(3, 4, 6, 7);

    private AlexNet() {}

    /**
     * Returns the network.
     *
     * <p><b>Shapes</b>: input {@code [batch, 227, 227, 3]} (the paper says 224, but its sizes are those of 227), output
     * {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential of(int classes, RandomGenerator random) {
        return without(Set.of(), classes, random);
    }

    /**
     * Returns the network without some of its layers 3, 4, 6 and 7; shapes as those of {@link #of}.
     *
     * @param left the numbers of the layers that are left out
     * @throws IllegalArgumentException if there are no classes, or a layer is not one of these
     */
    public static Sequential without(Set<Integer> left, int classes, RandomGenerator random) {
        if (!OPTIONAL.containsAll(left)) {
            throw new IllegalArgumentException("AlexNet: layers " + new TreeSet<>(left)
                    + " cannot all be left out, only " + new TreeSet<>(OPTIONAL) + " can");
        }
        Window2d overlapping = Window2d.of(3, 3).stride(2);
        Sequential.Builder net = Sequential.builder()
                .add("conv1", Conv2d.builder(3, 96, 11).stride(4).build(random))
                .add("relu1", new ReLU())
                .add("norm1", LocalResponseNorm.alexNet())
                .add("pool1", new MaxPool2d(overlapping))
                .add("conv2", Conv2d.builder(96, 256, 5).padding(2).groups(2).build(random))
                .add("relu2", new ReLU())
                .add("norm2", LocalResponseNorm.alexNet())
                .add("pool2", new MaxPool2d(overlapping));
        int channels = 256;
        if (!left.contains(3)) {
            net.add("conv3", Conv2d.builder(channels, 384, 3).padding(1).build(random))
                    .add("relu3", new ReLU());
            channels = 384;
        }
        if (!left.contains(4)) {
            net.add(
                            "conv4",
                            Conv2d.builder(channels, 384, 3)
                                    .padding(1)
                                    .groups(2)
                                    .build(random))
                    .add("relu4", new ReLU());
            channels = 384;
        }
        net.add("conv5", Conv2d.builder(channels, 256, 3).padding(1).groups(2).build(random))
                .add("relu5", new ReLU())
                .add("pool5", new MaxPool2d(overlapping))
                .add("flatten", new Flatten());
        int features = 6 * 6 * 256;
        for (int layer = 6; layer <= 7; layer++) {
            if (!left.contains(layer)) {
                net.add("fc" + layer, Linear.builder(features, 4096).build(random))
                        .add("relu" + layer, new ReLU())
                        .add("drop" + layer, new Dropout(0.5));
                features = 4096;
            }
        }
        return net.add("fc8", Linear.builder(features, classes).build(random)).build();
    }
}
