package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    /** x = (1 2; 3 4), w = (1 0 2; -1 1 0), b = (10 20 30): worked by hand. */
    @Test
    void should_give_the_numbers_worked_by_hand() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
        Variable w = tape.leaf(Tensor.of(Shape.of(2, 3), 1, 0, 2, -1, 1, 0));
        Variable b = tape.leaf(Tensor.of(Shape.of(3), 10, 20, 30));
        Variable y = tape.apply(LinearOp.LINEAR, x, w, b);
        assertArrayEquals(new float[] {9, 22, 32, 9, 24, 36}, y.value().toArray());
        Gradients gradients = tape.backward(y, Tensor.of(Shape.of(2, 3), 1, 0, 0, 0, 1, 2));
        assertArrayEquals(new float[] {1, -1, 4, 1}, gradients.of(x).toArray());
        assertArrayEquals(new float[] {1, 3, 6, 2, 4, 8}, gradients.of(w).toArray());
        assertArrayEquals(new float[] {1, 1, 2}, gradients.of(b).toArray());
        Tensor dy = tape.forward(Map.of(b, Tensor.of(Shape.of(3), 1, 2, 3))).of(y);
        assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, dy.toArray());
    }

    @Test
    void should_say_what_would_fit() {
        assertEquals("linear: there are 1 inputs, needs 2 to 3", message(Shape.of(2, 3)));
        assertEquals("linear: input is [2, 1, 3], needs [batch, in]", message(Shape.of(2, 1, 3), Shape.of(3, 4)));
        assertEquals("linear: weights are [3], needs [in, out]", message(Shape.of(2, 3), Shape.of(3)));
        assertEquals(
                "linear: input has 3 columns, weights need 5; x=[2, 3] w=[5, 4]",
                message(Shape.of(2, 3), Shape.of(5, 4)));
        assertEquals("linear: bias is [3], needs [4]", message(Shape.of(2, 3), Shape.of(3, 4), Shape.of(3)));
    }

    private static String message(Shape... inputs) {
        return assertThrows(ShapeMismatchException.class, () -> LinearOp.LINEAR.outputShape(List.of(inputs)))
                .getMessage();
    }
}
