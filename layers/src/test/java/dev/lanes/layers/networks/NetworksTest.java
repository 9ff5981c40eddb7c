package dev.lanes.layers.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Shape;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The networks have the sizes that are published. */
class NetworksTest {
    /** Draws nothing: large networks are only counted here. */
    private static final RandomGenerator QUICK = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }

        @Override
        public double nextGaussian() {
            return 0;
        }
    };

    private static long parameters(Layer network) {
        return network.parameters().stream()
                .mapToLong(p -> p.value().elements())
                .sum();
    }

    private static void assertSize(long parameters, Shape input, Shape output, Layer network) {
        assertEquals(output, network.outputShape(input));
        assertEquals(parameters, parameters(network));
    }

    @Test
    void should_build_perceptrons_of_any_depth() {
        Sequential two = Mlp.of(QUICK, 784, 512, 10);
        assertSize(784 * 512 + 512 + 512 * 10 + 10, Shape.of(64, 784), Shape.of(64, 10), two);
        assertEquals(3, two.children().size());
        assertSize(4 * 3 + 3, Shape.of(1, 4), Shape.of(1, 3), Mlp.of(QUICK, 4, 3));
        assertEquals(9, Mlp.of(QUICK, 8, 8, 8, 8, 8, 2).children().size());
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(QUICK, 4));
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(QUICK, 4, 0, 2));
    }

    @Test
    void should_build_the_networks_for_digits() {
        Shape digits = Shape.of(3, 28, 28, 1);
        assertSize(61_706, digits, Shape.of(3, 10), LeNet.five(10, QUICK));
        assertSize(431_080, digits, Shape.of(3, 10), LeNet.wide(10, QUICK));
        assertSize(1_199_882, digits, Shape.of(3, 10), MnistCnn.of(10, QUICK));
    }
}
