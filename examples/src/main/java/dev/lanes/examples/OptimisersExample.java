package dev.lanes.examples;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.Mlp;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Adagrad;
import dev.lanes.layers.optimisers.Adam;
import dev.lanes.layers.optimisers.AdamW;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.RmsProp;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The same network on the same spirals, taught by each optimiser: the loss along the way. */
final class OptimisersExample implements Example {
    private static final int STEPS = 60;

    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        page.say("loss after steps         0     15     30     45     60");
        show(
                page,
                "gradient descent 0.2",
                p -> Sgd.builder(p, engine).learningRate(0.2).build());
        show(
                page,
                "momentum 0.9",
                p -> Sgd.builder(p, engine).learningRate(0.2).momentum(0.9).build());
        show(
                page,
                "Nesterov 0.9",
                p -> Sgd.builder(p, engine)
                        .learningRate(0.2)
                        .momentum(0.9)
                        .nesterov(true)
                        .build());
        show(
                page,
                "Adagrad 0.1",
                p -> Adagrad.builder(p, engine).learningRate(0.1).build());
        show(
                page,
                "RMSProp 0.01",
                p -> RmsProp.builder(p, engine).learningRate(0.01).build());
        show(page, "Adam 0.01", p -> Adam.builder(p, engine).learningRate(0.01).build());
        show(
                page,
                "AdamW 0.01",
                p -> AdamW.builder(p, engine).learningRate(0.01).build());
    }

    private static void show(Page page, String name, Function<List<Parameter>, Optimiser> make) {
        Examples data = Points.spirals(200, 1);
        Sequential net = Mlp.of(new SeededRandom(42), 2, 32, 32, 2);
        Optimiser optimiser = make.apply(net.parameters());
        Tape tape = Tape.recording(page.engine());
        Pass pass = Pass.training(tape, new SeededRandom(1));
        StringBuilder losses = new StringBuilder();
        for (int step = 0; step <= STEPS; step++) {
            tape.reset();
            Variable scores = net.forward(tape.constant(data.x()), pass);
            Variable loss = SoftmaxCrossEntropy.of(scores, data.labels(), pass);
            if (step % 15 == 0) {
                losses.append(String.format(Locale.ROOT, "  %.3f", loss.value().item()));
            }
            optimiser.step(tape.backward(loss));
        }
        page.say("%-20s %s", name, losses);
    }
}
