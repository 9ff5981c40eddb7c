package dev.lanes.layers.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.LocalResponseNorm;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The networks have the sizes that are published. */
class NetworksTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

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

    /** The figures of torchvision; for the network of CIFAR-10, 0.27 million in the paper. */
    @Test
    void should_build_residual_networks() {
        Shape image = Shape.of(2, 224, 224, 3);
        assertSize(11_689_512, image, Shape.of(2, 1000), ResNet.eighteen(1000, QUICK));
        assertSize(25_557_032, image, Shape.of(2, 1000), ResNet.fifty(1000, QUICK));
        assertSize(272_474, Shape.of(2, 32, 32, 3), Shape.of(2, 10), ResNet.cifar(3, 10, QUICK));
        assertThrows(IllegalArgumentException.class, () -> ResNet.cifar(0, 10, QUICK));
    }

    /** Multiply-adds as published: 1.8 and 4.1 thousand million, 0.3 for the light one, 15.5 for the deep one. */
    @Test
    void should_count_operations_as_published() {
        Shape image = Shape.of(1, 224, 224, 3);
        assertEquals(1.82, ResNet.eighteen(1000, QUICK).flops(image) / 2e9, 0.02);
        assertEquals(4.11, ResNet.fifty(1000, QUICK).flops(image) / 2e9, 0.03);
        assertEquals(0.31, MobileNetV2.of(1000, QUICK).flops(image) / 2e9, 0.015);
    }

    @Test
    void should_build_the_light_one() {
        assertSize(3_504_872, Shape.of(2, 224, 224, 3), Shape.of(2, 1000), MobileNetV2.of(1000, QUICK));
    }

    @Test
    void should_build_the_deep_one() {
        Sequential vgg = Vgg.sixteen(1000, QUICK);
        assertSize(138_357_544, Shape.of(2, 224, 224, 3), Shape.of(2, 1000), vgg);
        assertEquals(15.5, vgg.flops(Shape.of(1, 224, 224, 3)) / 2e9, 0.05);
    }

    /** 1.4 million in the paper; its sizes by hand. */
    @Test
    void should_build_the_one_of_convolutions_alone() {
        assertSize(1_369_738, Shape.of(2, 32, 32, 3), Shape.of(2, 10), AllCnn.of(10, QUICK));
    }

    /**
     * About 60 million parameters and 650,000 neurons, as the paper says: 55x55x96, 27x27x256, twice 13x13x384, 13x13x256,
     * twice 4096 and 1000.
     */
    @Test
    void should_build_alexnet_as_published() {
        Sequential net = AlexNet.of(1000, QUICK);
        Shape shape = Shape.of(1, 227, 227, 3);
        assertSize(60_965_224, shape, Shape.of(1, 1000), net);
        long neurons = 0;
        int convolutions = 0;
        int connected = 0;
        int normalisations = 0;
        for (Sequential.Child child : net.children()) {
            shape = child.layer().outputShape(shape);
            if (!child.layer().parameters().isEmpty()) {
                neurons += shape.elements();
            }
            convolutions += child.layer() instanceof Conv2d ? 1 : 0;
            connected += child.layer() instanceof Linear ? 1 : 0;
            normalisations += child.layer() instanceof LocalResponseNorm ? 1 : 0;
        }
        assertEquals(659_272, neurons);
        assertEquals(List.of(5, 3, 2), List.of(convolutions, connected, normalisations));
    }

    /** What layers 7, 6, 3 and 4 have, and what the next then has less or more. */
    @Test
    void should_leave_layers_of_alexnet_out() {
        long seven = 4096L * 4096 + 4096;
        long six = 9216L * 4096 + 4096;
        long eight = (9216L - 4096) * 1000;
        long three = 9L * 256 * 384 + 384;
        long four = 9L * 192 * 384 + 384;
        long five = 9L * (192 - 128) * 256;
        assertLeft(Set.of(7), 60_965_224 - seven);
        assertLeft(Set.of(6, 7), 60_965_224 - seven - six + eight);
        assertLeft(Set.of(3, 4), 60_965_224 - three - four - five);
        assertLeft(Set.of(3, 4, 6, 7), 60_965_224 - seven - six + eight - three - four - five);
        assertThrows(IllegalArgumentException.class, () -> AlexNet.without(Set.of(5), 1000, QUICK));
    }

    private static void assertLeft(Set<Integer> left, long parameters) {
        assertSize(parameters, Shape.of(1, 227, 227, 3), Shape.of(1, 1000), AlexNet.without(left, 1000, QUICK));
    }

    /** Every kind of network learns: the loss of a few images falls within a few steps. */
    @Test
    void should_learn() {
        SeededRandom random = new SeededRandom(1);
        assertLearns(Shape.of(8, 28, 28, 1), LeNet.five(10, random), 0.01);
        assertLearns(Shape.of(8, 28, 28, 1), LeNet.wide(10, random), 0.001);
        assertLearns(Shape.of(4, 16, 16, 3), ResNet.cifar(1, 10, random), 0.05);
        assertLearns(Shape.of(8, 64, 64, 3), MobileNetV2.of(10, random), 0.02);
    }

    private static void assertLearns(Shape input, Sequential network, double rate) {
        SeededRandom random = new SeededRandom(2);
        Tensor images = Tensor.generate(input, i -> random.nextGaussian());
        int[] labels = new int[input.dim(0)];
        Arrays.setAll(labels, i -> i % 10);
        Tape tape = Tape.recording(ENGINE);
        Pass pass = Pass.training(tape, new SeededRandom(3));
        Sgd sgd = Sgd.builder(network.parameters(), ENGINE)
                .learningRate(rate)
                .momentum(0.9)
                .build();
        double first = 0;
        double last = 0;
        for (int step = 0; step < 12; step++) {
            tape.reset();
            Variable loss = SoftmaxCrossEntropy.of(network.forward(tape.constant(images), pass), labels, pass);
            sgd.step(tape.backward(loss));
            last = loss.value().item();
            first = step == 0 ? last : first;
        }
        assertTrue(last < 0.8 * first, "loss from " + first + " to " + last);
    }
}
