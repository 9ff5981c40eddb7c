package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The multi-layer perceptron: fully connected layers with ReLU between them.
 *
 * <pre>{@code
 * Sequential two = Mlp.of(random, 784, 512, 10);        // two layers: one hidden
 * Sequential four = Mlp.of(random, 784, 256, 128, 64, 10);
 * }</pre>
 */
public final class Mlp {
    private Mlp() {}

    /**
     * Returns the network, its weights drawn by He's normal initialiser.
     *
     * <p><b>Shapes</b>: input {@code [batch, widths[0]]}, output {@code [batch, widths[last]]}.
     *
     * @param widths of the input, of each hidden layer, and of the output
     * @throws IllegalArgumentException if there are fewer than two widths, or one is below 1
     */
    public static Sequential of(RandomGenerator random, int... widths) {
        if (widths.length < 2) {
            throw new IllegalArgumentException(
                    "Mlp: there are " + widths.length + " widths, needs at least that of the input and of the output");
        }
        Sequential.Builder net = Sequential.builder();
        for (int i = 1; i < widths.length; i++) {
            net.add("fc" + i, Linear.builder(widths[i - 1], widths[i]).build(random));
            if (i < widths.length - 1) {
                net.add("relu" + i, new ReLU());
            }
        }
        return net.build();
    }
}
