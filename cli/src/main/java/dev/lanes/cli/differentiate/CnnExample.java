package dev.lanes.cli.differentiate;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.GradientCheck;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Differentiates the loss of a small convolutional network by all its parameters, in the three ways that apply. */
final class CnnExample {
    private static final long SEED = 42;
    private static final int[] LABELS = {2, 0};

    private CnnExample() {}

    static void run(PrintWriter out) {
        SeededRandom random = new SeededRandom(SEED);
        Sequential net = SmallCnn.of(Shape.of(8, 8, 1), 3, random);
        Tensor x = Tensor.generate(Shape.of(2, 8, 8, 1), i -> random.nextGaussian());
        try (Engine engine = Engine.builder().threads(1).build()) {
            forwardsAndBack(net, x, engine, out);
            out.println();
            out.println("Its derivatives, one of each tensor (differences in float32 have about three digits):");
            Columns columns = new Columns();
            columns.row("", " vjp (reverse)", " jvp (forward)", " differences");
            GradientCheck check = new GradientCheck(engine, SEED, 1);
            for (GradientCheck.Entry entry : check.network(net, x, (y, pass) -> SoftmaxCrossEntropy.of(y, LABELS, pass))
                    .orThrow()
                    .entries()) {
                columns.row(
                        entry.input() + entry.index(),
                        Columns.number(entry.vjp()),
                        Columns.number(entry.jvp()),
                        Columns.number(entry.difference()));
            }
            columns.print("  ", out);
        }
    }

    /** Shows each value on the way, and the derivative of the loss by it, by their lengths. */
    private static void forwardsAndBack(Sequential net, Tensor x, Engine engine, PrintWriter out) {
        Tape tape = Tape.recording(engine);
        Pass pass = Pass.evaluation(tape);
        Variable value = tape.leaf(x);
        Map<String, Variable> values = new LinkedHashMap<>(Map.of("images", value));
        for (Sequential.Child child : net.children()) {
            value = tape.keep(child.layer().forward(value, pass));
            values.put(child.name(), value);
        }
        Variable loss = SoftmaxCrossEntropy.of(value, LABELS, pass);
        Gradients gradients = tape.backward(loss);
        out.println("A network of tensors, from the images to the loss and back, by the lengths of what passes:");
        Columns columns = new Columns();
        columns.row("", "", "", " |value|", " |dLoss/dvalue|");
        values.forEach((name, v) -> {
            Sequential.Child child = net.children().stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElse(null);
            columns.row(
                    name,
                    child == null ? "" : "= " + child.layer(),
                    v.shape().toString(),
                    Columns.number(length(v.value())),
                    Columns.number(length(gradients.of(v))));
        });
        columns.row(
                "loss",
                "= softmax and cross-entropy",
                loss.shape().toString(),
                Columns.number(loss.value().item()),
                Columns.number(1));
        columns.print("  ", out);
    }

    private static double length(Tensor t) {
        double sum = 0;
        for (float value : t.toArray()) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
