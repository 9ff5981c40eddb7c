package dev.lanes.tests.child;

import com.sun.management.ThreadMXBean;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.inference.Predictor;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.LeNet;
import dev.lanes.layers.networks.Mlp;
import dev.lanes.layers.networks.MnistCnn;
import dev.lanes.layers.networks.ResNet;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.optimisers.Adagrad;
import dev.lanes.layers.optimisers.Adam;
import dev.lanes.layers.optimisers.AdamW;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.RmsProp;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import dev.lanes.tests.kit.Case;
import dev.lanes.tests.kit.KernelEntry;
import dev.lanes.tests.kit.Kernels;
import dev.lanes.tests.kit.Memory;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs every vector kernel over some cases of the test kit, and thousands of steps of every optimiser on a tiny network;
 * then prints how many bytes a training step of several networks and optimisers, and a prediction, still allocate: a line
 * {@code bytes what} each.
 */
public final class TrainAfterManyOps {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CASES = 8;
    private static final int TINY_STEPS = 4000;

    /** Rounds until it is sure that the allocation stays; what allocates nothing any more ends sooner. */
    private static final int ROUNDS = 150;

    private static final int STEPS = 10;
    /** Of a small network, whose thousands of steps take no time, and need to be thousands before they are compiled. */
    private static final int SMALL_STEPS = 300;

    private static final int FEW = 4;
    private static final int BATCH = 64;

    private TrainAfterManyOps() {}

    /**
     * Prints the bytes of each.
     *
     * @param args how many bytes of a training step are few enough to go on to the next
     */
    public static void main(String[] args) {
        long enough = Long.parseLong(args[0]);
        everyKernel();
        try (Engine engine = Engine.builder().threads(1).build()) {
            Map<String, Function<List<Parameter>, Optimiser>> optimisers = optimisers(engine);
            Layer tiny = Mlp.of(new SeededRandom(1), 17, 19, 10);
            optimisers.values().forEach(o -> {
                Runnable step = step(tiny, o.apply(tiny.parameters()), engine, Shape.of(FEW, 17));
                for (int i = 0; i < TINY_STEPS; i++) {
                    step.run();
                }
            });
            optimisers.forEach((name, o) -> {
                Layer mlp = Mlp.of(new SeededRandom(1), 784, 32, 10);
                print(name, enough, SMALL_STEPS, step(mlp, o.apply(mlp.parameters()), engine, Shape.of(FEW, 784)));
            });
            Function<List<Parameter>, Optimiser> momentum = optimisers.get("SGD with momentum");
            Layer mlp = Mlp.of(new SeededRandom(1), 784, 512, 10);
            print(
                    "MLP 784-512-10",
                    enough,
                    STEPS,
                    step(mlp, momentum.apply(mlp.parameters()), engine, Shape.of(BATCH, 784)));
            images("LeNet-5", enough, LeNet.five(10, new SeededRandom(1)), momentum, engine);
            images("LeNet 20-50-500", enough, LeNet.wide(10, new SeededRandom(1)), momentum, engine);
            images("CNN 32-64-128", enough, MnistCnn.of(10, new SeededRandom(1)), momentum, engine);
            predictor("LeNet-5", LeNet.five(10, new SeededRandom(1)), Shape.of(FEW, 28, 28, 1), engine);
            predictor("ResNet", ResNet.cifar(1, 10, new SeededRandom(1)), Shape.of(1, 16, 16, 3), engine);
        }
    }

    private static Map<String, Function<List<Parameter>, Optimiser>> optimisers(Engine engine) {
        Map<String, Function<List<Parameter>, Optimiser>> all = new LinkedHashMap<>();
        all.put("Adagrad", p -> Adagrad.builder(p, engine).build());
        all.put("RMSProp", p -> RmsProp.builder(p, engine).build());
        all.put("Adam", p -> Adam.builder(p, engine).build());
        all.put("AdamW", p -> AdamW.builder(p, engine).clipNorm(1).build());
        all.put("SGD", p -> Sgd.builder(p, engine).clipValue(1).build());
        all.put(
                "SGD with Nesterov's momentum",
                p -> Sgd.builder(p, engine).momentum(0.9).nesterov(true).build());
        all.put(
                "SGD with momentum",
                p -> Sgd.builder(p, engine).momentum(0.9).learningRate(1e-3).build());
        return all;
    }

    private static void everyKernel() {
        try (Parallel alone = Parallel.ofThreads(1, Parallel.DEFAULT_SPIN)) {
            Workspace workspace = new Workspace(alone);
            Kernels.all().stream()
                    .filter(entry -> entry.backend().equals("vector"))
                    .forEach(entry -> someCases(entry, workspace));
        }
    }

    private static <G, K extends Kernel<G>> void someCases(KernelEntry<G, K> entry, Workspace workspace) {
        List<Case<G, K>> cases = entry.cases();
        for (int i = 0; i < CASES; i++) {
            cases.get(i * (cases.size() - 1) / CASES).run(entry.kernel(), Memory.Style.GUARDED, workspace);
        }
    }

    /** First with a small batch, which makes the compiler see the same kernels sooner. */
    private static void images(
            String what, long enough, Layer net, Function<List<Parameter>, Optimiser> optimiser, Engine engine) {
        leastBytes(
                enough,
                SMALL_STEPS / 3,
                step(net, optimiser.apply(net.parameters()), engine, Shape.of(FEW, 28, 28, 1)));
        print(what, enough, STEPS, step(net, optimiser.apply(net.parameters()), engine, Shape.of(BATCH, 28, 28, 1)));
    }

    private static void predictor(String what, Layer net, Shape input, Engine engine) {
        Predictor predictor = Predictor.folded(net, input, engine);
        Tensor x = Tensor.zeros(input);
        print("predictor of " + what, 0, SMALL_STEPS / 3, () -> predictor.run(x));
    }

    private static Runnable step(Layer net, Optimiser optimiser, Engine engine, Shape input) {
        SeededRandom random = new SeededRandom(2);
        Tensor x = Tensor.generate(input, i -> random.nextDouble());
        int[] labels = new int[input.dim(0)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 10;
        }
        Tape tape = Tape.recording(engine);
        Pass pass = Pass.training(tape, random);
        return () -> {
            tape.reset();
            Variable scores = net.forward(tape.constant(x), pass);
            optimiser.step(tape.backward(SoftmaxCrossEntropy.of(scores, labels, pass)));
        };
    }

    private static void print(String what, long enough, int steps, Runnable step) {
        System.out.println(leastBytes(enough, steps, step) + " " + what);
    }

    /** Returns the fewest bytes a step of several rounds, as soon as they are few enough. */
    private static long leastBytes(long enough, int steps, Runnable step) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fewest > enough; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < steps; i++) {
                step.run();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / steps);
        }
        return fewest;
    }
}
