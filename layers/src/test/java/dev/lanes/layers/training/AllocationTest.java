package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Batches;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Measures what a whole steady training step allocates: batch, forward, loss, backward and optimiser. */
class AllocationTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LIMIT = 1024;

    /** Many steps, because before they are compiled vectors are objects. */
    private static final int STEPS = 2000;

    private static final int ROUNDS = 60;

    private final RandomGenerator random = new SeededRandom(1);

    @BeforeAll
    static void canBeMeasured() {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled());
    }

    @Test
    void should_allocate_less_than_one_kilobyte_a_step_of_two_layers() {
        long bytes = leastBytes(step(Sequential.builder()
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(64, 32).build(random))
                .add("relu", new ReLU())
                .add("fc2", Linear.builder(32, 3).build(random))
                .build()));
        assertTrue(bytes < LIMIT, "a step allocates " + bytes + " bytes");
    }

    @Test
    void should_allocate_less_than_one_kilobyte_a_step_of_a_convolutional_network() {
        long bytes = leastBytes(step(Sequential.builder()
                .add("conv1", Conv2d.builder(1, 4, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(4, 8, 3).padding(1).build(random))
                .add("relu2", new ReLU())
                .add("pool2", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(32, 3).build(random))
                .build()));
        assertTrue(bytes < LIMIT, "a step allocates " + bytes + " bytes");
    }

    @Test
    void should_notice_what_a_step_allocates() {
        Layer copying = new Layer() {
            private final Layer fc = Linear.builder(64, 3).build(random);

            @Override
            public Variable forward(Variable x, Pass pass) {
                Tensor copy = x.value().copy().reshape(Shape.of(4, 64)); // 4 * 64 floats
                return fc.forward(pass.tape().constant(copy), pass);
            }

            @Override
            public List<Parameter> parameters() {
                return fc.parameters();
            }

            @Override
            public long flops(Shape input) {
                return 0;
            }

            @Override
            public Shape outputShape(Shape input) {
                return Shape.of(input.dim(0), 3);
            }
        };
        assertTrue(leastBytes(step(copying)) >= LIMIT);
    }

    /** Returns the fewest bytes a step of several rounds, as soon as they are below the limit. */
    private static long leastBytes(Runnable step) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fewest >= LIMIT; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / STEPS);
        }
        return fewest;
    }

    private Runnable step(Layer net) {
        int batch = 4;
        int examples = 40;
        Tensor images = Tensor.generate(Shape.of(examples, 8, 8, 1), i -> random.nextDouble());
        int[] labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = i % 3;
        }
        Batches batches = new Batches(new Dataset("random", images, labels, List.of("a", "b", "c")), batch, 1);
        Tape tape = Tape.recording(ENGINE);
        Pass pass = Pass.training(tape, random);
        Sgd sgd = Sgd.builder(net.parameters(), ENGINE)
                .momentum(0.9)
                .learningRate(1e-3)
                .build();
        return new Runnable() {
            private Iterator<Batches.Batch> pending = batches.iterator();

            @Override
            public void run() {
                if (!pending.hasNext()) {
                    pending = batches.shuffle(1).iterator();
                }
                Batches.Batch next = pending.next();
                tape.reset();
                Variable scores = net.forward(tape.constant(next.images()), pass);
                sgd.step(tape.backward(SoftmaxCrossEntropy.of(scores, next.labels(), pass)));
            }
        };
    }
}
