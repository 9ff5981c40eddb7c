package dev.lanes.examples;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.Losses;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Locale;

/** Losses and their gradients by the prediction: which forgive outliers, and which punish confident errors. */
final class LossesExample implements Example {
    private interface Loss {
        Variable of(Variable prediction, Variable target, Pass pass);
    }

    @Override
    public void run(Page page) {
        head(page, "target 0, prediction", 0.1f, 1, 5);
        show(page, "quadratic", Losses::quadratic, 0, 0.1f, 1, 5);
        show(page, "absolute", Losses::absolute, 0, 0.1f, 1, 5);
        show(page, "Huber, delta 1", (p, t, pass) -> Losses.huber(p, t, 1, pass), 0, 0.1f, 1, 5);
        head(page, "target 1, probability", 0.9f, 0.5f, 0.01f);
        show(page, "quadratic", Losses::quadratic, 1, 0.9f, 0.5f, 0.01f);
        show(page, "binary cross-entropy", Losses::binaryCrossEntropy, 1, 0.9f, 0.5f, 0.01f);
        head(page, "target 1, score", 4, 0, -8);
        show(page, "binary, of logits", Losses::binaryCrossEntropyOfLogits, 1, 4, 0, -8);
        page.say("each cell is loss / gradient; cross-entropy of a logit never flattens out where it is wrong");

        Tape tape = Tape.recording(page.engine());
        Pass pass = Pass.training(tape, new SeededRandom(1));
        Variable scores = tape.leaf(Tensor.of(Shape.of(1, 3), 2, 1, 0));
        Variable loss = SoftmaxCrossEntropy.of(scores, new int[] {1}, pass);
        page.say(
                "softmax and cross-entropy of scores 2 1 0, right class 1: loss %.4f",
                loss.value().item());
        page.say("gradient, which is p - onehot:");
        page.matrix(" %7.4f", tape.backward(loss).of(scores));
    }

    private static void head(Page page, String name, float... predictions) {
        StringBuilder row = new StringBuilder();
        for (float prediction : predictions) {
            row.append(String.format(Locale.ROOT, "%11.2f    ", prediction));
        }
        page.say("%-22s%s", name, row);
    }

    private static void show(Page page, String name, Loss loss, float target, float... predictions) {
        StringBuilder row = new StringBuilder();
        for (float prediction : predictions) {
            Tape tape = Tape.recording(page.engine());
            Pass pass = Pass.training(tape, new SeededRandom(1));
            Variable p = tape.leaf(Tensor.of(Shape.of(1, 1), prediction));
            Variable value = loss.of(p, tape.constant(Tensor.of(Shape.of(1, 1), target)), pass);
            float gradient = tape.backward(value).of(p).item();
            row.append(String.format(Locale.ROOT, "%7.3f/%7.3f", value.value().item(), gradient));
        }
        page.say("%-22s%s", name, row);
    }
}
