package dev.lanes.tests.child;

import com.sun.management.ThreadMXBean;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.tests.kit.Geometries;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Runs the convolutions and poolings of the test kit's hundreds of small shapes, then prints how many bytes a call still
 * allocates on a few of them: a line {@code bytes what shape} each. What the compiler has seen by then decides what it
 * inlines, and vectors that it does not keep in registers are objects.
 */
public final class AllocateAfterManyShapes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 50;
    /** So many that a loop which a call enters once or twice is compiled as well: until then its vectors are objects. */
    private static final int ROUNDS = 1000;

    private static final List<String> CONVOLUTIONS = List.of(
            "b4 28x28x1 -> 6 k5x5 s1 p2 d1 g1",
            "b4 28x28x1 -> 32 k3x3 s1 p1 d1 g1",
            "b4 28x28x1 -> 20 k5x5 s1 p0 d1 g1",
            "b4 14x14x6 -> 16 k5x5 s1 p0 d1 g1",
            "b4 14x14x32 -> 64 k3x3 s1 p1 d1 g1",
            "b1 56x56x3 -> 64 k7x7 s2 p3 d1 g1",
            "b1 28x28x32 -> 16 k1x1 s1 p0 d1 g1",
            "b1 28x28x20 -> 50 k3x3 s2 p1 d1 g1",
            "b1 28x28x48 -> 48 k3x3 s1 p1 d1 g48",
            "b1 28x28x24 -> 24 k3x3 s2 p1 d1 g24",
            "b1 14x14x32 -> 32 k3x3 s1 p1 d1 g2");

    private static final List<String> POOLINGS =
            List.of("b4 28x28x6 k2x2 s2 p0 d1", "b4 10x10x16 k2x2 s2 p0 d1", "b1 28x28x64 k3x3 s2 p1 d1");

    private AllocateAfterManyShapes() {}

    /** Prints the bytes of each call. */
    public static void main(String[] args) {
        try (Engine engine = Engine.builder().threads(1).build()) {
            for (int round = 0; round < 3; round++) {
                Geometries.conv2d().forEach(g -> new Convolution(engine, g).all());
                Geometries.pool2d().forEach(g -> new Pooling(engine, g).all());
            }
            for (String shape : CONVOLUTIONS) {
                Convolution run = new Convolution(engine, Conv2dGeometry.parse(shape));
                print("forward " + shape, run::forward);
                print("gradient by the input " + shape, run::backwardInput);
                print("gradient by the weights " + shape, run::backwardWeights);
            }
            for (String shape : POOLINGS) {
                Pooling run = new Pooling(engine, Pool2dGeometry.parse(shape));
                print("maximum " + shape, run::max);
                print("maximum without switches " + shape, run::maxAlone);
                print("gradient of the maximum " + shape, run::maxBackward);
                print("average " + shape, run::average);
                print("gradient of the average " + shape, run::averageBackward);
            }
        }
    }

    /** Prints the fewest bytes of a call in several rounds, as soon as a round allocates nothing. */
    private static void print(String what, Runnable call) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fewest > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        System.out.println(fewest + " " + what);
    }

    private static final class Convolution {
        private final Engine engine;
        private final Conv2dGeometry g;
        private final Tensor x;
        private final Tensor w;
        private final Tensor y;

        Convolution(Engine engine, Conv2dGeometry g) {
            this.engine = engine;
            this.g = g;
            x = Tensor.zeros(g.inputShape());
            w = Tensor.zeros(g.weightShape());
            y = Tensor.zeros(g.outputShape());
        }

        void all() {
            forward();
            backwardInput();
            backwardWeights();
        }

        void forward() {
            engine.conv2d().forward(x, w, null, g, y);
        }

        void backwardInput() {
            engine.conv2d().backwardInput(y, w, g, x);
        }

        void backwardWeights() {
            engine.conv2d().backwardWeights(x, y, g, w);
        }
    }

    private static final class Pooling {
        private final Engine engine;
        private final Pool2dGeometry g;
        private final Tensor x;
        private final Tensor y;
        private final int[] switches;

        Pooling(Engine engine, Pool2dGeometry g) {
            this.engine = engine;
            this.g = g;
            x = Tensor.zeros(g.inputShape());
            y = Tensor.zeros(g.outputShape());
            switches = new int[y.shape().elements()];
        }

        void all() {
            max();
            maxAlone();
            maxBackward();
            average();
            averageBackward();
        }

        void max() {
            engine.pool2d().max(x, g, y, switches);
        }

        void maxAlone() {
            engine.pool2d().max(x, g, y, null);
        }

        void maxBackward() {
            engine.pool2d().maxBackward(y, switches, g, x);
        }

        void average() {
            engine.pool2d().average(x, g, true, y);
        }

        void averageBackward() {
            engine.pool2d().averageBackward(y, g, true, x);
        }
    }
}
