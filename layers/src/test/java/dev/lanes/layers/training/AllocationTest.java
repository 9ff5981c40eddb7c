package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Conv2dOps;
import dev.lanes.numerics.ElementwiseOps;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.MatrixOps;
import dev.lanes.numerics.RowOps;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Measures what a training step allocates beyond what the kernels do, by comparing it with the same calls of the engine
 * written out by hand on tensors made beforehand.
 */
class AllocationTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCH = 2;

    private final RandomGenerator random = new SeededRandom(1);
    private final Conv2d conv = Conv2d.builder(1, 4, 3).padding(1).build(random);
    private final Linear fc = Linear.builder(64, 3).build(random);
    private final Sequential net = Sequential.builder()
            .add("conv", conv)
            .add("relu", new ReLU())
            .add("pool", new MaxPool2d(2))
            .add("flatten", new Flatten())
            .add("fc", fc)
            .build();
    private final Tensor x = Tensor.generate(Shape.of(BATCH, 8, 8, 1), i -> random.nextDouble());
    private final int[] labels = {0, 2};

    @BeforeAll
    static void canBeMeasured() {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled());
    }

    @Test
    void should_allocate_less_than_one_kilobyte_a_step() {
        long byHand = bytesPerRun(byHand());
        long step = bytesPerRun(step());
        assertTrue(step - byHand < 1024, "a step allocates " + step + " bytes, its kernels " + byHand);
    }

    /** Returns the fewest bytes of several rounds: the compiler may still be at work in the first. */
    private static long bytesPerRun(Runnable action) {
        long fewest = Long.MAX_VALUE;
        int runs = 500;
        for (int round = 0; round < 8; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                action.run();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / runs);
        }
        return fewest;
    }

    private Runnable step() {
        Tape tape = Tape.recording(ENGINE);
        Pass pass = Pass.training(tape, random);
        Sgd sgd = Sgd.builder(net.parameters(), ENGINE).momentum(0.9).build();
        return () -> {
            tape.reset();
            Variable scores = net.forward(tape.constant(x), pass);
            sgd.step(tape.backward(SoftmaxCrossEntropy.of(scores, labels, pass)));
        };
    }

    private Runnable byHand() {
        Conv2dGeometry g =
                Conv2dGeometry.of(BATCH, 8, 8, 1, 4, Window2d.of(3, 3).padding(1));
        Pool2dGeometry p = new Pool2dGeometry(BATCH, 8, 8, 4, Window2d.of(2, 2).stride(2));
        Tensor image = Tensor.zeros(g.outputShape());
        Tensor rectified = Tensor.zeros(g.outputShape());
        Tensor pooled = Tensor.zeros(p.outputShape());
        int[] switches = new int[pooled.elements()];
        Tensor row = pooled.reshape(Shape.of(BATCH, 64));
        Tensor scores = Tensor.zeros(BATCH, 3);
        float[] logSumExp = new float[BATCH];
        Tensor[] velocities =
                net.parameters().stream().map(q -> Tensor.zeros(q.shape())).toArray(Tensor[]::new);
        Tensor[] gradients =
                net.parameters().stream().map(q -> Tensor.zeros(q.shape())).toArray(Tensor[]::new);
        Tensor[] values = net.parameters().stream().map(Parameter::value).toArray(Tensor[]::new);
        Conv2dOps conv2d = ENGINE.conv2d();
        MatrixOps matrix = ENGINE.matrix();
        RowOps rows = ENGINE.rows();
        ElementwiseOps elementwise = ENGINE.elementwise();
        return () -> {
            conv2d.forward(x, values[0], values[1], g, image);
            elementwise.relu(image, rectified);
            ENGINE.pool2d().max(rectified, p, pooled, switches);
            matrix.linear(row, values[2], values[3], scores);
            rows.softmax(scores, scores, logSumExp);
            elementwise.axpby(1f, scores, 0f, scores);
            matrix.gemm(true, false, 1f, row, scores, 0f, gradients[2]);
            rows.sum(scores, gradients[3]);
            matrix.gemm(false, true, 1f, scores, values[2], 0f, row);
            ENGINE.pool2d().maxBackward(pooled, switches, p, rectified);
            elementwise.reluBackward(image, rectified, image);
            conv2d.backwardWeights(x, image, g, gradients[0]);
            rows.sum(image, gradients[1]);
            for (int i = 0; i < values.length; i++) {
                elementwise.axpby(1f, gradients[i], 0.9f, velocities[i]);
                elementwise.axpby(-0.01f, velocities[i], 1f, values[i]);
            }
        };
    }
}
