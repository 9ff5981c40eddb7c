package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SequentialTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final RandomGenerator random = new SeededRandom(1);

    private Sequential digits() {
        return Sequential.builder()
                .add("conv1", Conv2d.builder(1, 8, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(8, 16, 3).groups(2).bias(false).build(random))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(1024, 10).build(random))
                .build();
    }

    @Test
    void should_name_parameters_by_their_path() {
        Sequential net = Sequential.builder()
                .add("features", digits())
                .add("head", Linear.builder(10, 2).bias(false).build(random))
                .build();
        assertEquals(
                List.of(
                        "features.conv1.weight [3, 3, 1, 8]",
                        "features.conv1.bias [8]",
                        "features.conv2.weight [3, 3, 4, 16]",
                        "features.fc.weight [1024, 10]",
                        "features.fc.bias [10]",
                        "head.weight [10, 2]"),
                net.parameters().stream().map(Parameter::toString).toList());
    }

    @Test
    void should_summarise_itself_as_a_table() {
        assertEquals("""
                layer    settings                                 output          parameters    FLOPs    memory
                -----------------------------------------------------------------------------------------------
                input                                             [1, 20, 20, 1]
                conv1    Conv2d 1 -> 8 k3x3 s1 p1 d1 g1           [1, 20, 20, 8]          80   57,600  12.5 KiB
                relu1    ReLU                                     [1, 20, 20, 8]           0    3,200  12.5 KiB
                pool1    MaxPool2d k2x2 s2 p0 d1                  [1, 10, 10, 8]           0    3,200   3.1 KiB
                conv2    Conv2d 8 -> 16 k3x3 s1 p0 d1 g2 no bias  [1, 8, 8, 16]          576   73,728   4.0 KiB
                flatten  Flatten                                  [1, 1024]                0        0       0 B
                fc       Linear 1024 -> 10                        [1, 10]             10,250   20,480      40 B
                -----------------------------------------------------------------------------------------------
                total                                                                 10,906  158,208  32.2 KiB
                memory: weights 42.6 KiB, values of a pass 32.2 KiB
                """, digits().summary(Shape.of(1, 20, 20, 1)));
    }

    @Test
    void should_give_the_layers_of_an_inner_network_lines_of_their_own() {
        Sequential inner = Sequential.builder()
                .add("a", Linear.builder(2, 3).build(random))
                .add("b", new ReLU())
                .build();
        Sequential net = Sequential.builder()
                .add("block", inner)
                .add("c", Linear.builder(3, 1).build(random))
                .build();
        assertEquals("""
                layer    settings       output  parameters  FLOPs  memory
                ---------------------------------------------------------
                input                   [5, 2]
                block.a  Linear 2 -> 3  [5, 3]           9     60    60 B
                block.b  ReLU           [5, 3]           0     15    60 B
                c        Linear 3 -> 1  [5, 1]           4     30    20 B
                ---------------------------------------------------------
                total                                   13    105   140 B
                memory: weights 52 B, values of a pass 140 B
                """, net.summary(Shape.of(5, 2)));
        assertEquals(105, net.flops(Shape.of(5, 2)));
        assertEquals("Sequential of 2 layers", net.toString());
    }

    @Test
    void should_name_the_layer_that_an_input_does_not_fit() {
        Sequential net = Sequential.builder().add("features", digits()).build();
        String expected = "features.conv1: conv2d: input has 3 channels, weights need 1; x=[2, 20, 20, 3]"
                + " w=[3, 3, 1, 8] groups=1";
        Shape colour = Shape.of(2, 20, 20, 3);
        assertEquals(
                expected,
                assertThrows(ShapeMismatchException.class, () -> net.outputShape(colour))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(ShapeMismatchException.class, () -> net.flops(colour))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(ShapeMismatchException.class, () -> net.summary(colour))
                        .getMessage());
        Pass pass = Pass.evaluation(Tape.none(ENGINE));
        ShapeMismatchException thrown = assertThrows(
                ShapeMismatchException.class, () -> net.forward(pass.tape().constant(Tensor.zeros(colour)), pass));
        assertEquals(expected, thrown.getMessage());
        assertEquals("features.conv1: conv2d", thrown.operation());
        assertEquals(
                "features.fc: linear: input has 2304 columns, weights need 1024; x=[2, 2304] w=[1024, 10]",
                assertThrows(ShapeMismatchException.class, () -> net.outputShape(Shape.of(2, 28, 28, 1)))
                        .getMessage());
    }

    @Test
    void should_refuse_names_that_are_taken_or_no_names() {
        Sequential.Builder builder = Sequential.builder().add("relu", new ReLU());
        assertEquals(
                "there is a layer \"relu\" already: ReLU; names must differ",
                assertThrows(IllegalArgumentException.class, () -> builder.add("relu", new Flatten()))
                        .getMessage());
        assertEquals(
                "layer name \"a.b\" must be letters, digits, _ and -, as in \"conv1\"",
                assertThrows(IllegalArgumentException.class, () -> builder.add("a.b", new Flatten()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> builder.add("", new Flatten()));
    }

    @Test
    void should_list_a_layer_that_stands_in_two_places_once_and_add_up_its_gradients() {
        Linear shared = Linear.builder(1, 1)
                .initialiser(Initialisers.constant(3))
                .bias(false)
                .build(random);
        Sequential net =
                Sequential.builder().add("first", shared).add("second", shared).build();
        assertEquals(
                List.of("first.weight [1, 1]"),
                net.parameters().stream().map(Parameter::toString).toList());
        Tape tape = Tape.recording(ENGINE);
        Variable y = net.forward(tape.constant(Tensor.of(Shape.of(1, 1), 5)), Pass.evaluation(tape)); // 5 w^2
        Gradients gradients = tape.backward(y);
        assertEquals(45, y.value().item());
        assertEquals(30, gradients.of(net.parameters().getFirst()).item());
        assertSame(gradients.of(shared.weight()), gradients.of(net.parameters().getFirst()));
    }

    @Test
    void should_pass_its_input_on_when_it_is_empty() {
        Sequential empty = Sequential.builder().build();
        assertEquals(Shape.of(2, 3), empty.outputShape(Shape.of(2, 3)));
        assertEquals(0, empty.flops(Shape.of(2, 3)));
        assertEquals(List.of(), empty.parameters());
    }
}
