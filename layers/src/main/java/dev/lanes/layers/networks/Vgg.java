package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The deep network of 3x3 convolutions after Simonyan and Zisserman (2015).
 *
 * <pre>{@code
 * Sequential net = Vgg.sixteen(1000, random);    // 138,357,544 parameters
 * net.outputShape(Shape.of(8, 224, 224, 3));     // [8, 1000]
 * }</pre>
 */
public final class Vgg {
    private Vgg() {}

    /**
     * Returns VGG-16: thirteen convolutions in five groups of 64, 128, 256, 512 and 512 channels, a pooling behind each
     * group, then fully connected layers of 4096, 4096 and the classes with dropout between.
     *
     * <p><b>Shapes</b>: input {@code [batch, 224, 224, 3]}, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential sixteen(int classes, RandomGenerator random) {
        int[] convolutions = {2, 2, 3, 3, 3};
        int[] channels = {64, 128, 256, 512, 512};
        Sequential.Builder net = Sequential.builder();
        int inC = 3;
        for (int group = 0; group < channels.length; group++) {
            for (int i = 1; i <= convolutions[group]; i++) {
                String name = (group + 1) + "_" + i;
                net.add(
                                "conv" + name,
                                Conv2d.builder(inC, channels[group], 3)
                                        .padding(1)
                                        .build(random))
                        .add("relu" + name, new ReLU());
                inC = channels[group];
            }
            net.add("pool" + (group + 1), new MaxPool2d(2));
        }
        return net.add("flatten", new Flatten())
                .add("fc6", Linear.builder(7 * 7 * inC, 4096).build(random))
                .add("relu6", new ReLU())
                .add("drop6", new Dropout(0.5))
                .add("fc7", Linear.builder(4096, 4096).build(random))
                .add("relu7", new ReLU())
                .add("drop7", new Dropout(0.5))
                .add("fc8", Linear.builder(4096, classes).build(random))
                .build();
    }
}
