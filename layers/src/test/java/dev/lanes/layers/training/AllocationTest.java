package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static List<Long> measured;

    /** In a JVM of their own: what other tests have run decides what the compiler inlines, and so what becomes an object. */
    @BeforeAll
    static void measure() throws IOException {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AllocationTest.class.getName()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        measured = printed.lines().map(Long::valueOf).toList();
        assertEquals(3, measured.size(), printed);
    }

    /** Prints the bytes of a step of each network. */
    public static void main(String[] args) {
        AllocationTest test = new AllocationTest();
        System.out.println(leastBytes(test.step(test.twoLayers())));
        System.out.println(leastBytes(test.step(test.convolutions())));
        System.out.println(leastBytes(test.step(test.copying())));
    }

    @Test
    void should_allocate_less_than_one_kilobyte_a_step_of_two_layers() {
        assertTrue(measured.get(0) < LIMIT, "a step allocates " + measured.get(0) + " bytes");
    }

    @Test
    void should_allocate_less_than_one_kilobyte_a_step_of_a_convolutional_network() {
        assertTrue(measured.get(1) < LIMIT, "a step allocates " + measured.get(1) + " bytes");
    }

    @Test
    void should_notice_what_a_step_allocates() {
        assertTrue(measured.get(2) >= LIMIT, "a step that copies 1 KB allocates " + measured.get(2) + " bytes");
    }

    private Layer twoLayers() {
        return Sequential.builder()
                .add("flatten", new Flatten())
                .add("fc1", Linear.builder(64, 32).build(random))
                .add("relu", new ReLU())
                .add("fc2", Linear.builder(32, 3).build(random))
                .build();
    }

    private Layer convolutions() {
        return Sequential.builder()
                .add("conv1", Conv2d.builder(1, 4, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(4, 8, 3).padding(1).build(random))
                .add("relu2", new ReLU())
                .add("pool2", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(32, 3).build(random))
                .build();
    }

    private Layer copying() {
        return new Layer() {
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
