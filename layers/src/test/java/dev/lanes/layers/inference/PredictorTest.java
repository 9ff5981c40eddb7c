package dev.lanes.layers.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Step;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.networks.LeNet;
import dev.lanes.layers.networks.MnistCnn;
import dev.lanes.layers.networks.MobileNetV2;
import dev.lanes.layers.networks.ResNet;
import dev.lanes.layers.nn.Activation;
import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Concat;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Residual;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Softmax;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final RandomGenerator RANDOM = new SeededRandom(7);

    private record Case(Layer network, Shape input) {}

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    static List<Case> cases() {
        return List.of(
                new Case(LeNet.five(10, RANDOM), Shape.of(3, 28, 28, 1)),
                new Case(MnistCnn.of(10, RANDOM), Shape.of(1, 28, 28, 1)),
                new Case(branches(), Shape.of(2, 8, 8, 3)),
                new Case(new Flatten(), Shape.of(2, 3, 3, 1)),
                new Case(Sequential.builder().build(), Shape.of(2, 5)),
                new Case(new Residual(new ReLU()), Shape.of(2, 5)),
                new Case(lived(ResNet.cifar(1, 10, RANDOM)), Shape.of(2, 16, 16, 3)),
                new Case(lived(MobileNetV2.of(10, RANDOM)), Shape.of(1, 32, 32, 3)));
    }

    /** What no product takes in stands between what one does, and some values are read twice. */
    private static Layer branches() {
        Layer one = Conv2d.pointwise(3, 4).build(RANDOM);
        Layer three = Sequential.builder()
                .add("conv", Conv2d.builder(3, 5, 3).padding(1).build(RANDOM))
                .add("gelu", Activation.gelu())
                .build();
        return Sequential.builder()
                .add("both", new Concat(one, three))
                .add("again", new Residual(Conv2d.builder(9, 9, 3).same().build(RANDOM), new ReLU()))
                .add("dropout", new Dropout(0.5))
                .add("conv", Conv2d.builder(9, 6, 3).build(RANDOM))
                .add("clamp", Activation.relu6())
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("skip", new Residual(Linear.builder(54, 54).build(RANDOM)))
                .add("relu2", new ReLU())
                .add("fc", Linear.builder(54, 7).bias(false).build(RANDOM))
                .add("softmax", new Softmax())
                .build();
    }

    /** Gives normalisations statistics, factors and summands as after training. */
    private static Layer lived(Layer network) {
        List<Parameter> all = new ArrayList<>(network.parameters());
        all.addAll(network.buffers());
        for (Parameter parameter : all) {
            if (parameter.shape().rank() == 1) {
                double middle =
                        parameter.name().endsWith("weight") || parameter.name().endsWith("var") ? 1 : 0;
                parameter
                        .value()
                        .copyFrom(Tensor.generate(parameter.shape(), i -> middle + 0.5 * RANDOM.nextDouble() - 0.25));
            }
        }
        return network;
    }

    private static Tensor random(Shape shape) {
        return Tensor.generate(shape, i -> RANDOM.nextGaussian());
    }

    /** The network's own evaluation; a zero always positive. */
    private static float[] expected(Layer network, Tensor x) {
        Pass pass = Pass.evaluation(Tape.none(ENGINE));
        return unsigned(network.forward(pass.tape().constant(x), pass).value());
    }

    private static float[] unsigned(Tensor y) {
        float[] values = y.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_give_the_bits_of_the_network(Case c) {
        Predictor predictor = Predictor.of(c.network, c.input, ENGINE);
        assertEquals(c.network.outputShape(c.input), predictor.outputShape());
        for (int round = 0; round < 3; round++) {
            Tensor x = random(c.input);
            assertArrayEquals(expected(c.network, x), unsigned(predictor.run(x)), predictor.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_give_the_numbers_of_the_network_with_folded_normalisation(Case c) {
        Predictor predictor = Predictor.folded(c.network, c.input, ENGINE);
        Tensor x = random(c.input);
        float[] expected = expected(c.network, x);
        double largest = 1e-3;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(expected, unsigned(predictor.run(x)), (float) (2e-5 * largest), predictor.toString());
    }

    @Test
    void should_make_one_call_of_a_product_and_what_follows_it() {
        Layer resnet = ResNet.cifar(1, 10, RANDOM);
        Shape input = Shape.of(1, 8, 8, 3);
        // 1 + 3 * 2 + 2 convolutions, pooling, fully connected layer; a sum's operand is there before its convolution
        assertEquals(
                "Predictor [1, 8, 8, 3] -> [1, 10], 11 calls",
                Predictor.folded(resnet, input, ENGINE).toString());
        // and a normalisation behind each convolution, so that sums and ReLUs have no product before them
        assertEquals(
                "Predictor [1, 8, 8, 3] -> [1, 10], 30 calls",
                Predictor.of(resnet, input, ENGINE).toString());
    }

    @Test
    void should_use_memory_again() {
        Layer lenet = LeNet.five(10, RANDOM);
        Shape input = Shape.of(8, 28, 28, 1);
        Tape tape = Tape.recording(ENGINE);
        lenet.forward(tape.constant(Tensor.zeros(input)), Pass.evaluation(tape));
        long all = Step.of(tape).stream()
                .mapToLong(step -> (long) Float.BYTES * step.output().elements())
                .sum();
        long planned = Predictor.of(lenet, input, ENGINE).bytes();
        assertTrue(planned < 0.6 * all, planned + " of " + all + " bytes");
    }

    @Test
    void should_keep_its_weights_when_those_of_the_network_change() {
        Layer lenet = LeNet.five(10, RANDOM);
        Tensor x = random(Shape.of(1, 28, 28, 1));
        Predictor predictor = Predictor.of(lenet, x.shape(), ENGINE);
        float[] before = predictor.run(x).toArray();
        lenet.parameters().forEach(p -> p.value().fill(0.1f));
        assertArrayEquals(before, predictor.run(x).toArray());
        assertNotEquals(before[0], Predictor.of(lenet, x.shape(), ENGINE).run(x).toArray()[0]);
    }

    @Test
    void should_read_its_own_input_and_write_its_own_output() {
        Layer lenet = LeNet.five(10, RANDOM);
        Tensor x = random(Shape.of(1, 28, 28, 1));
        Predictor predictor = Predictor.of(lenet, x.shape(), ENGINE);
        predictor.input().copyFrom(x);
        Tensor y = predictor.run();
        assertArrayEquals(expected(lenet, x), unsigned(y));
        assertSame(y, predictor.run(random(x.shape())));
    }

    @Test
    void should_serve_threads_with_one_predictor_each() throws InterruptedException, ExecutionException {
        Layer lenet = LeNet.five(10, RANDOM);
        Predictor first = Predictor.of(lenet, Shape.of(1, 28, 28, 1), ENGINE);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Predictor own = first.another();
                Tensor x = random(Shape.of(1, 28, 28, 1));
                float[] expected = expected(lenet, x);
                ends.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        assertArrayEquals(expected, unsigned(own.run(x)));
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    @Test
    void should_refuse_another_shape() {
        Predictor predictor = Predictor.of(LeNet.five(10, RANDOM), Shape.of(2, 28, 28, 1), ENGINE);
        Tensor one = Tensor.zeros(1, 28, 28, 1);
        ShapeMismatchException e = assertThrows(ShapeMismatchException.class, () -> predictor.run(one));
        assertTrue(e.getMessage().contains("[1, 28, 28, 1]"), e.getMessage());
        assertTrue(e.getMessage().contains("[2, 28, 28, 1]"), e.getMessage());
    }

    @Test
    void should_say_which_layer_does_not_take_the_input() {
        ShapeMismatchException e = assertThrows(
                ShapeMismatchException.class,
                () -> Predictor.of(LeNet.five(10, RANDOM), Shape.of(2, 28, 28, 3), ENGINE));
        assertTrue(e.getMessage().startsWith("conv1: conv2d:"), e.getMessage());
    }

    @Test
    void should_fold_a_normalisation_behind_a_bias() {
        Layer net = lived(Sequential.builder()
                .add("fc", Linear.builder(6, 5).build(RANDOM))
                .add("norm", new BatchNorm(5))
                .add("relu", new ReLU())
                .build());
        Tensor x = random(Shape.of(4, 6));
        Predictor predictor = Predictor.folded(net, x.shape(), ENGINE);
        assertEquals("Predictor [4, 6] -> [4, 5], 1 calls", predictor.toString());
        assertArrayEquals(expected(net, x), unsigned(predictor.run(x)), 1e-5f);
    }
}
