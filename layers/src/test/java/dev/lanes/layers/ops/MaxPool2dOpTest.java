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
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaxPool2dOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    /** Windows of 2x2 one pixel apart, so that the 9 in the middle wins all four. */
    @Test
    void should_give_the_winner_the_gradients_of_all_its_windows() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 9, 5, 6, 7, 8));
        Variable y = tape.apply(new MaxPool2dOp(Window2d.of(2, 2)), x);
        assertArrayEquals(new float[] {9, 9, 9, 9}, y.value().toArray());
        Tensor u = Tensor.of(y.shape(), 1, 10, 100, 1000);
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 1111, 0, 0, 0, 0},
                tape.backward(y, u).of(x).toArray());
        Tensor v = Tensor.generate(x.shape(), i -> i);
        assertArrayEquals(
                new float[] {4, 4, 4, 4}, tape.forward(Map.of(x, v)).of(y).toArray());
    }

    @Test
    void should_let_the_first_of_equals_win() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 2, 2, 1), 1, 5, 5, 5));
        Variable y = tape.apply(new MaxPool2dOp(Window2d.of(2, 2)), x);
        assertArrayEquals(
                new float[] {0, 1, 0, 0},
                tape.backward(y, Tensor.of(y.shape(), 1)).of(x).toArray());
        Tensor v = Tensor.of(x.shape(), 1, 2, 3, 4);
        assertEquals(2, tape.forward(Map.of(x, v)).of(y).item());
    }

    @Test
    void should_give_the_same_where_nothing_is_recorded() {
        Tensor x = Tensor.generate(Shape.of(1, 4, 4, 2), i -> (i * 7) % 32);
        MaxPool2dOp op = new MaxPool2dOp(Window2d.of(2, 2).stride(2));
        Tape tape = Tape.recording(ENGINE);
        Tape none = Tape.none(ENGINE);
        assertArrayEquals(
                tape.apply(op, tape.leaf(x)).value().toArray(),
                none.apply(op, none.constant(x)).value().toArray());
    }

    @Test
    void should_say_what_would_fit() {
        MaxPool2dOp op = new MaxPool2dOp(Window2d.of(3, 3).padding(1));
        assertEquals(
                "maxPool2d: input is [4, 4], needs [batch, height, width, channels]",
                assertThrows(ShapeMismatchException.class, () -> op.outputShape(List.of(Shape.of(4, 4))))
                        .getMessage());
        MaxPool2dOp large = new MaxPool2dOp(Window2d.of(5, 3).padding(1));
        assertEquals(
                "maxPool2d: input [1, 2, 2, 1] is 2x2, window k5x3 s1 p1 d1 needs at least 3x1",
                assertThrows(ShapeMismatchException.class, () -> large.outputShape(List.of(Shape.of(1, 2, 2, 1))))
                        .getMessage());
    }
}
