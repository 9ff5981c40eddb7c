package dev.lanes.examples;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import java.util.Locale;

/** Activations and their derivatives at a few places: who saturates, who dies, who is smooth. */
final class ActivationsExample implements Example {
    @Override
    public void run(Page page) {
        Tensor x = Tensor.of(Shape.of(1, 7), -4, -1, -0.1f, 0, 0.1f, 1, 4);
        page.say("%-16s value / derivative at", "");
        page.say("%-16s%s", "", row("%8.1f", x));
        show(page, "step", UnaryFunction.STEP, x);
        show(page, "sigmoid", UnaryFunction.SIGMOID, x);
        show(page, "tanh", UnaryFunction.TANH, x);
        show(page, "relu", UnaryFunction.RELU, x);
        show(page, "leaky relu 0.1", UnaryFunction.leakyRelu(0.1f), x);
        show(page, "elu 1", UnaryFunction.elu(1), x);
        show(page, "gelu", UnaryFunction.GELU, x);
        show(page, "silu", UnaryFunction.SILU, x);
        show(page, "softplus", UnaryFunction.SOFTPLUS, x);
        page.say("sigmoid and tanh pass almost nothing back where they are flat; relu passes all or nothing");
    }

    private static void show(Page page, String name, UnaryFunction f, Tensor x) {
        Tensor y = Tensor.zeros(x.shape());
        page.engine().elementwise().apply(f, x, y);
        page.say("%-16s%s", name, row("%8.4f", y));
        Tensor slope = Tensor.zeros(x.shape());
        page.engine().elementwise().derivative(f, x, Tensor.zeros(x.shape()).fill(1), slope);
        page.say("%-16s%s", "", row("%8.4f", slope));
    }

    private static String row(String format, Tensor x) {
        StringBuilder row = new StringBuilder();
        for (float value : x.toArray()) {
            row.append(String.format(Locale.ROOT, format, value + 0f));
        }
        return row.toString();
    }
}
