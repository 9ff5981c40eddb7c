package dev.lanes.examples;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.Elementary;
import dev.lanes.layers.differentiation.Scalar;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.ops.ReluOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** Reverse mode: one walk backwards gives the derivative by everything that went in, be it numbers or tensors. */
final class ReverseModeExample implements Example {
    @Override
    public void run(Page page) {
        Scalar x = Scalar.of(2);
        Scalar w = Scalar.of(-3);
        Scalar b = Scalar.of(7);
        Scalar y = w.times(x).plus(b).apply(Elementary.SIGMOID);
        Scalar.Gradients of = y.gradients();
        page.say("y = sigmoid(w x + b) = %.4f at x = 2, w = -3, b = 7", y.value());
        page.say("  dy/dx = %.4f  dy/dw = %.4f  dy/db = %.4f", of.of(x), of.of(w), of.of(b));

        Tape tape = Tape.recording(page.engine());
        Variable input = tape.leaf(Tensor.of(Shape.of(1, 2), 1, 2));
        Variable weight = tape.leaf(Tensor.of(Shape.of(2, 3), 1, -1, 2, 0, 1, -3));
        Variable output = tape.apply(ReluOp.RELU, tape.apply(LinearOp.LINEAR, input, weight));
        Gradients gradients = tape.backward(output, Tensor.of(Shape.of(1, 3), 1, 1, 1));
        page.say("y = relu(x W), x = (1, 2):");
        page.matrix(" %4.0f", output.value());
        page.say("gradient of the sum of y by x, only units above zero count:");
        page.matrix(" %4.0f", gradients.of(input));
        page.say("gradient by W:");
        page.matrix(" %4.0f", gradients.of(weight));
    }
}
