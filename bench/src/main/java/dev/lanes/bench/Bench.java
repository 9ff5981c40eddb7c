package dev.lanes.bench;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import java.util.Random;

/** What benchmarks share: the engine that was asked for and no other, operands, and the check of the answer. */
final class Bench {
    /** The flags of every measured JVM, all of them. */
    static final String MODULES = "--add-modules=jdk.incubator.vector";

    /** For the backend openblas. */
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    static final String HEAP = "-Xms2g";
    static final String MOST_HEAP = "-Xmx2g";
    static final String TOUCH = "-XX:+AlwaysPreTouch";
    /** JMH 1.37 asks Unsafe where the fields of its states lie, which the JVM would warn of. */
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    private static final double U = 0x1p-24;

    private Bench() {}

    /**
     * Returns an engine on the backend and says what it is.
     *
     * @throws IllegalStateException if another one came
     */
    static Engine engine(String backend, int threads) {
        Engine engine = Engine.builder().backend(backend).threads(threads).build();
        System.out.println();
        System.out.println("# lanes: " + engine + ", " + Runtime.version() + ", " + System.getProperty("os.arch"));
        if (!engine.backend().equals(backend)) {
            engine.close();
            throw new IllegalStateException("asked for the backend " + backend + ", got " + engine.backend());
        }
        return engine;
    }

    /**
     * Returns the kernel to time: the one of the name, or with {@code auto} the engine's choice, which must not be the
     * reference unless that is the backend.
     *
     * @throws IllegalStateException if there is none of the name, it does not support the problem, or it is a fall-back
     */
    static <G, K extends Kernel<G>> K kernel(Engine engine, Slot<G, K> slot, String name, G problem) {
        K kernel = name.equals("auto")
                ? engine.kernels().choose(slot, problem)
                : engine.kernels().candidates(slot).stream()
                        .filter(k -> k.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(engine + " has no " + slot + " kernel " + name));
        if (!kernel.supports(problem)) {
            throw new IllegalStateException(slot + " " + name + " does not support " + problem);
        }
        if (kernel.name().equals("reference") && !engine.backend().equals("reference")) {
            throw new IllegalStateException(slot + " " + problem + " falls back to the reference in " + engine);
        }
        System.out.println("# " + slot + " | " + problem + " | " + kernel.name());
        return kernel;
    }

    /** Returns the reference kernel, which says what is right. */
    static <G, K extends Kernel<G>> K reference(Slot<G, K> slot) {
        try (Engine engine = Engine.builder().backend("reference").threads(1).build()) {
            return engine.kernels().candidates(slot).getLast();
        }
    }

    /** Returns values between -1 and 1, the same each time. */
    static float[] operand(int seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /**
     * Compares an answer whose elements are sums of k products of operands below 1 with the right one.
     *
     * @throws IllegalStateException if an element is further off than k roundings of a sum of at most k allow
     */
    static void verify(Object problem, int k, float[] actual, float[] expected) {
        double allowed = (k + 4.0) * k * U;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs((double) actual[i] - expected[i]);
            if (!(error <= allowed)) {
                throw new IllegalStateException(problem + ": element " + i + " is " + actual[i]
                        + ", the reference says " + expected[i] + "; the error " + error + " is above " + allowed);
            }
        }
    }
}
