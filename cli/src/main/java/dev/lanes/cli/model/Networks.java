package dev.lanes.cli.model;

import dev.lanes.layers.networks.ResidualCnn;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The networks that {@code ./lanes train} trains, by the names that users and model files give them. */
public final class Networks {
    /** Two convolutions and two fully connected layers. */
    public static final String SMALL_CNN = "small-cnn";
    /** Five convolutions with batch normalisation and a residual block. */
    public static final String RESIDUAL_CNN = "residual-cnn";

    private static final Map<String, Maker> MAKERS = new LinkedHashMap<>();

    static {
        MAKERS.put(SMALL_CNN, SmallCnn::of);
        MAKERS.put(RESIDUAL_CNN, ResidualCnn::of);
    }

    private interface Maker {
        Sequential make(Shape image, int classes, RandomGenerator random);
    }

    private Networks() {}

    /** Returns all names. */
    public static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    /**
     * Returns a network for images {@code [height, width, channels]}, its weights drawn from the given random numbers.
     *
     * @throws IllegalArgumentException if there is no network of the name, or the images are too small for it
     */
    public static Sequential make(String name, Shape image, int classes, RandomGenerator random) {
        Maker maker = MAKERS.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "unknown network \"" + name + "\"; there are " + String.join(", ", names()));
        }
        return maker.make(image, classes, random);
    }
}
