package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReluOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    @Test
    void should_pass_what_is_positive_and_have_derivative_0_at_0() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(2, 2), -3, 0, 2, 0.5f));
        Variable y = tape.apply(ReluOp.RELU, x);
        Tensor u = Tensor.of(Shape.of(2, 2), 10, 20, 30, 40);
        assertArrayEquals(new float[] {0, 0, 2, 0.5f}, y.value().toArray());
        assertArrayEquals(new float[] {0, 0, 30, 40}, tape.backward(y, u).of(x).toArray());
        assertArrayEquals(
                new float[] {0, 0, 30, 40}, tape.forward(Map.of(x, u)).of(y).toArray());
    }

    @Test
    void should_take_one_input() {
        assertEquals(
                "relu: there are 2 inputs, needs 1",
                assertThrows(
                                ShapeMismatchException.class,
                                () -> ReluOp.RELU.outputShape(List.of(Shape.of(1), Shape.of(1))))
                        .getMessage());
    }
}
