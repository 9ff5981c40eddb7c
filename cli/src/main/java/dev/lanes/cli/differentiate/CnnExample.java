package dev.lanes.cli.differentiate;

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
            forwards(net, x, engine, out);
            out.println();
            out.println(
                    "Derivatives of the loss, one of each tensor (differences in float32 have about three digits):");
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

    private static void forwards(Sequential net, Tensor x, Engine engine, PrintWriter out) {
        out.println("Forwards, from the images to the loss:");
        Columns columns = new Columns();
        Pass pass = Pass.evaluation(Tape.none(engine));
        Variable value = pass.tape().constant(x);
        columns.row("images", "", value.shape().toString());
        for (Sequential.Child child : net.children()) {
            value = child.layer().forward(value, pass);
            columns.row(child.name(), "= " + child.layer(), value.shape().toString());
        }
        Variable loss = SoftmaxCrossEntropy.of(value, LABELS, pass);
        columns.row(
                "loss",
                "= softmax and cross-entropy",
                Columns.number(loss.value().item()).strip());
        columns.print("  ", out);
    }
}
