package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshapeOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    @Test
    void should_show_the_same_values_without_a_copy() {
        Tape tape = Tape.recording(ENGINE);
        Tensor data = Tensor.generate(Shape.of(2, 2, 3, 1), i -> i);
        Variable x = tape.leaf(data);
        Variable y = tape.apply(ReshapeOp.FLATTEN, x);
        assertEquals(Shape.of(2, 6), y.shape());
        assertSame(data.array(), y.value().array());
        Tensor u = Tensor.generate(Shape.of(2, 6), i -> 10 * i);
        Tensor dx = tape.backward(y, u).of(x);
        assertEquals(data.shape(), dx.shape());
        assertArrayEquals(u.toArray(), dx.toArray());
    }

    @Test
    void should_say_what_would_fit() {
        assertEquals(
                "reshape: input [2, 3] has 6 elements, [5] needs 5",
                assertThrows(
                                ShapeMismatchException.class,
                                () -> ReshapeOp.to(Shape.of(5)).outputShape(List.of(Shape.of(2, 3))))
                        .getMessage());
        assertEquals(
                "flatten: input is [], needs [batch, ...]",
                assertThrows(ShapeMismatchException.class, () -> ReshapeOp.FLATTEN.outputShape(List.of(Shape.of())))
                        .getMessage());
    }
}
