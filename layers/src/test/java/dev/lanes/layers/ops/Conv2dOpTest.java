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
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Conv2dOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final Conv2dOp PLAIN_2X2 = new Conv2dOp(Window2d.of(2, 2), 1);

    /** A 2x2 window (1 2; 3 4) over the 3x3 image (1 .. 9), bias 100: worked by hand. */
    @Test
    void should_give_the_numbers_worked_by_hand() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.generate(Shape.of(1, 3, 3, 1), i -> i + 1));
        Variable w = tape.leaf(Tensor.generate(Shape.of(2, 2, 1, 1), i -> i + 1));
        Variable b = tape.leaf(Tensor.of(Shape.of(1), 100));
        Variable y = tape.apply(PLAIN_2X2, x, w, b);
        assertEquals(Shape.of(1, 2, 2, 1), y.shape());
        assertArrayEquals(new float[] {137, 147, 167, 177}, y.value().toArray());
        Gradients gradients = tape.backward(y, Tensor.of(y.shape(), 1, 10, 100, 1000));
        assertArrayEquals(
                new float[] {1, 12, 20, 103, 1234, 2040, 300, 3400, 4000},
                gradients.of(x).toArray());
        assertArrayEquals(new float[] {5421, 6532, 8754, 9865}, gradients.of(w).toArray());
        assertArrayEquals(new float[] {1111}, gradients.of(b).toArray());
        Tensor dy = tape.forward(Map.of(b, Tensor.of(Shape.of(1), 3))).of(y);
        assertArrayEquals(new float[] {3, 3, 3, 3}, dy.toArray());
    }

    @Test
    void should_take_another_batch_each_time() {
        Tape tape = Tape.recording(ENGINE);
        Tensor w = Tensor.generate(Shape.of(2, 2, 1, 1), i -> i + 1);
        for (int batch : new int[] {3, 1, 4, 3}) {
            tape.reset();
            Variable x = tape.leaf(Tensor.generate(Shape.of(batch, 3, 3, 1), i -> i % 9 + 1));
            Variable y = tape.apply(PLAIN_2X2, x, tape.constant(w));
            assertEquals(Shape.of(batch, 2, 2, 1), y.shape());
            for (int b = 0; b < batch; b++) {
                assertArrayEquals(
                        new float[] {37, 47, 67, 77}, y.value().slice(b, b + 1).toArray());
            }
        }
    }

    @Test
    void should_say_what_would_fit() {
        Shape x = Shape.of(1, 56, 56, 32);
        Conv2dOp grouped = new Conv2dOp(Window2d.of(3, 3), 2);
        assertEquals(
                "conv2d: input has 32 channels, weights need 128 (2 groups x 64); x=[1, 56, 56, 32] w=[3, 3, 64, 128]"
                        + " groups=2",
                message(grouped, x, Shape.of(3, 3, 64, 128)));
        assertEquals(
                "conv2d: weights [3, 3, 16, 7] have 7 output channels, needs a multiple of the 2 groups",
                message(grouped, x, Shape.of(3, 3, 16, 7)));
        assertEquals(
                "conv2d: input has 32 channels, weights need 3; x=[1, 56, 56, 32] w=[2, 2, 3, 8] groups=1",
                message(PLAIN_2X2, x, Shape.of(2, 2, 3, 8)));
        assertEquals(
                "conv2d: weights [3, 3, 32, 8] are 3x3, the window is k2x2 s1 p0 d1",
                message(PLAIN_2X2, x, Shape.of(3, 3, 32, 8)));
        assertEquals(
                "conv2d: input is [56, 56, 32], needs [batch, height, width, channels]",
                message(PLAIN_2X2, Shape.of(56, 56, 32), Shape.of(2, 2, 32, 8)));
        assertEquals(
                "conv2d: input [1, 1, 9, 1] is 1x9, window k2x2 s1 p0 d1 needs at least 2x2",
                message(PLAIN_2X2, Shape.of(1, 1, 9, 1), Shape.of(2, 2, 1, 8)));
        assertEquals("conv2d: bias is [7], needs [8]", message(PLAIN_2X2, x, Shape.of(2, 2, 32, 8), Shape.of(7)));
        assertEquals(
                "conv2d: groups must be at least 1, not 0",
                assertThrows(IllegalArgumentException.class, () -> new Conv2dOp(Window2d.of(1, 1), 0))
                        .getMessage());
    }

    private static String message(Conv2dOp op, Shape... inputs) {
        return assertThrows(ShapeMismatchException.class, () -> op.outputShape(List.of(inputs)))
                .getMessage();
    }
}
