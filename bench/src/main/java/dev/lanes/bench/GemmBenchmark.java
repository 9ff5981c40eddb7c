package dev.lanes.bench;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The matrix product: calls a second, and beside them {@code gflops}, which is the number to read.
 *
 * <p>Everything is in the timed call, packing included. The operands are the same in every call, so small problems stay
 * in the caches, as they do inside a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgs = {Bench.MODULES, Bench.NATIVE, Bench.HEAP, Bench.MOST_HEAP, Bench.TOUCH, Bench.UNSAFE})
public class GemmBenchmark {
    /** Two squares, a 3x3 convolution of a residual network as a product, and two layers of batch 1 and 64. */
    @Param({"NN m256 n256 k256", "NN m1024 n1024 k1024", "NN m3136 n64 k576", "NN m1 n1000 k2048", "NN m64 n1000 k2048"
    })
    public String problem;

    /** The backend, by its name; where it is not usable the benchmark ends. */
    @Param("vector")
    public String backend;

    /** The kernel by its name in the table, or {@code auto} for the engine's choice. */
    @Param("auto")
    public String kernel;

    /** The threads that work on one product. */
    @Param("1")
    public int threads;

    /** How long workers spin; long enough to be awake at the next call. */
    private static final Duration SPIN = Duration.ofMillis(20);

    private GemmGeometry g;
    private GemmKernel gemm;
    private Parallel team;
    private Workspace workspace;
    private float[] a;
    private float[] b;
    private float[] c;

    /** Made by JMH. */
    public GemmBenchmark() {}

    /** Resolves the kernel, says which it is, and compares its answer with the reference. */
    @Setup(Level.Trial)
    public void prepare() {
        g = GemmGeometry.parse(problem);
        try (Engine engine = Bench.engine(backend, threads)) {
            gemm = Bench.kernel(engine, Slot.GEMM, kernel, g);
        }
        team = Parallel.ofThreads(threads, SPIN);
        workspace = new Workspace(team);
        a = Bench.operand(1, g.spanA());
        b = Bench.operand(2, g.spanB());
        c = new float[g.spanC()];
        product(gemm, c);
        float[] expected = new float[g.spanC()];
        product(Bench.reference(Slot.GEMM), expected);
        Bench.verify(g, g.k(), c, expected);
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        team.close();
    }

    /** Counts the work that was done. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        /** Thousand millions of floating-point operations, which JMH divides by the seconds. */
        public double gflops;

        /** Made by JMH. */
        public Work() {}

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void reset() {
            gflops = 0;
        }
    }

    /** {@code C = A * B}. */
    @Benchmark
    public float[] multiply(Work work) {
        product(gemm, c);
        work.gflops += g.flops() * 1e-9;
        return c;
    }

    private void product(GemmKernel which, float[] out) {
        which.run(g, 1f, a, 0, b, 0, 0f, out, 0, Epilogue.NONE, workspace);
    }
}
