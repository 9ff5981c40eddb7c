package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormLayersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    private static Tensor train(Layer layer, Tensor x) {
        Tape tape = Tape.recording(ENGINE);
        return layer.forward(tape.leaf(x), Pass.training(tape, new SeededRandom(1)))
                .value();
    }

    private static Tensor use(Layer layer, Tensor x) {
        Tape tape = Tape.none(ENGINE);
        return layer.forward(tape.constant(x), Pass.evaluation(tape)).value();
    }

    /** Channel 0 of the batch is 1 3, with mean 2, variance 1 (2 with n - 1); channel 1 is 4 4. */
    @Test
    void should_train_by_the_batch_and_be_used_by_what_was_gathered() {
        BatchNorm bn = new BatchNorm(2, 0, 0.25);
        bn.weight().value().set(3, 0);
        bn.bias().value().set(0.5f, 0);
        Tensor x = Tensor.of(Shape.of(2, 2), 1, 4, 3, 5);
        assertArrayEquals(new float[] {-2.5f, -1, 3.5f, 1}, train(bn, x).toArray());
        assertArrayEquals(new float[] {0.5f, 1.125f}, bn.mean().value().toArray());
        assertArrayEquals(new float[] {1.25f, 0.875f}, bn.variance().value().toArray());
        bn.mean().value().copyFrom(Tensor.of(Shape.of(2), 1, 3));
        bn.variance().value().copyFrom(Tensor.of(Shape.of(2), 4, 1));
        assertArrayEquals(new float[] {0.5f, 1, 3.5f, 2}, use(bn, x).toArray());
        assertArrayEquals(new float[] {1, 3}, bn.mean().value().toArray(), "use should change nothing");
    }

    @Test
    void should_gather_once_where_a_segment_is_computed_again() {
        BatchNorm bn = new BatchNorm(1);
        Layer net = Sequential.builder().add("bn", new Checkpoint(bn)).build();
        Tape tape = Tape.recording(ENGINE);
        Tensor x = Tensor.of(Shape.of(2, 1), 1, 3);
        var y = net.forward(tape.leaf(x), Pass.training(tape, new SeededRandom(1)));
        float once = bn.mean().value().item();
        assertEquals(0.2f, once);
        tape.backward(y, Tensor.of(Shape.of(2, 1), 1, 2));
        assertEquals(once, bn.mean().value().item());
    }

    @Test
    void should_keep_statistics_beside_the_parameters() {
        Sequential block = Sequential.builder()
                .add("conv", Conv2d.builder(2, 2, 3).padding(1).bias(false).build(new SeededRandom(5)))
                .add("bn", new BatchNorm(2))
                .build();
        Sequential net = Sequential.builder()
                .add("res", new Residual(block, new BatchNorm(2)))
                .build();
        assertEquals(
                List.of(
                        "res.body.conv.weight",
                        "res.body.bn.weight",
                        "res.body.bn.bias",
                        "res.shortcut.weight",
                        "res.shortcut.bias"),
                names(net.parameters()));
        assertEquals(
                List.of(
                        "res.body.bn.running_mean",
                        "res.body.bn.running_var",
                        "res.shortcut.running_mean",
                        "res.shortcut.running_var"),
                names(net.buffers()));
        assertEquals(9, Weights.of(net).size());
        Tensor x = Tensor.generate(Shape.of(2, 3, 3, 2), i -> i % 7);
        train(net, x);
        Tensor before = use(net, x).copy();
        Map<String, Tensor> saved = new java.util.HashMap<>();
        Weights.of(net).forEach((name, tensor) -> saved.put(name, tensor.copy()));
        train(net, Tensor.generate(x.shape(), i -> i % 5));
        Weights.load(saved, net);
        assertArrayEquals(before.toArray(), use(net, x).toArray());
        saved.remove("res.shortcut.running_var");
        assertEquals(
                "weights do not belong to this network: there are none for [res.shortcut.running_var]",
                assertThrows(IllegalArgumentException.class, () -> Weights.load(saved, net))
                        .getMessage());
    }

    private static List<String> names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).toList();
    }

    @Test
    void should_add_what_was_there() {
        Residual twice = new Residual(new ReLU());
        Tensor x = Tensor.of(Shape.of(3), -1, 0, 2);
        assertArrayEquals(new float[] {-1, 0, 4}, use(twice, x).toArray());
        assertEquals(6, twice.flops(Shape.of(3)));
        assertEquals("Residual of ReLU", twice.toString());
        assertEquals("Residual of ReLU with shortcut ReLU", new Residual(new ReLU(), new ReLU()).toString());
        assertEquals(
                "add: second operand is [2, 2], needs [2, 4]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Residual(
                                                new Flatten(),
                                                Linear.builder(4, 2).build(new SeededRandom(1)))
                                        .outputShape(Shape.of(2, 4)))
                        .getMessage());
    }

    @Test
    void should_describe_themselves_and_refuse_impossible_settings() {
        assertEquals("BatchNorm 32", new BatchNorm(32).toString());
        assertEquals("LayerNorm [4, 5]", new LayerNorm(Shape.of(4, 5)).toString());
        assertEquals("GroupNorm 2 groups of 8", new GroupNorm(2, 8).toString());
        assertEquals("InstanceNorm 3", new InstanceNorm(3).toString());
        assertEquals(2 * 24, new BatchNorm(3).flops(Shape.of(2, 2, 2, 3)));
        assertEquals(6 * 24, new InstanceNorm(3).flops(Shape.of(2, 2, 2, 3)));
        assertEquals(Shape.of(2, 8), new GroupNorm(2, 8).outputShape(Shape.of(2, 8)));
        assertEquals("batchNorm: there are 0 channels, needs at least 1", message(() -> new BatchNorm(0)));
        assertEquals("batchNorm: the momentum is 1.5, needs 0 to 1", message(() -> new BatchNorm(1, 0, 1.5)));
        assertEquals("batchNorm: epsilon is -1.0, needs 0 or more", message(() -> new BatchNorm(1, -1, 0)));
        assertEquals("groupNorm: 3 groups must divide 8 channels", message(() -> new GroupNorm(3, 8)));
        assertEquals("layerNorm: 0 axes, needs at least 1", message(() -> new LayerNorm(Shape.of())));
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
