package dev.lanes.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.openblas.OpenBlas;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
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
 * What it costs to call OpenBLAS: through the engine, and bare, the same {@code cblas_sgemm} of the same library.
 *
 * <p>The bare calls are the three ways to hand matrices over: off the heap, where they lie already; on the heap, with the
 * garbage collector held up; staged, from the heap through buffers off it. All take turns in one run, at the same clock
 * and beside the same other programs. Products of matrices only: the engine does those with vectors by another function.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgs = {Bench.MODULES, Bench.NATIVE, Bench.HEAP, Bench.MOST_HEAP, Bench.TOUCH, Bench.UNSAFE})
public class OpenBlasCallBenchmark {
    /** The work of a turn, above which reading the clock costs nothing: some hundred microseconds. */
    private static final long MIN_TURN_FLOPS = 1L << 24;

    private static final int WAYS = 4;

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private static final SymbolLookup LIBRARY = library();
    private static final FunctionDescriptor SGEMM_TYPE = FunctionDescriptor.ofVoid(
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT);
    private static final MethodHandle SGEMM = bind("cblas_sgemm", SGEMM_TYPE);
    private static final MethodHandle SGEMM_ON_HEAP = bind("cblas_sgemm", SGEMM_TYPE, Linker.Option.critical(true));
    private static final MethodHandle SET_THREADS =
            bind("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));

    /** Cubes from what a call's cost shows in to what hides it, and the layers of networks of {@link GemmBenchmark}. */
    @Param({
        "NN m64 n64 k64",
        "NN m128 n128 k128",
        "NN m256 n256 k256",
        "NN m384 n384 k384",
        "NN m512 n512 k512",
        "NN m768 n768 k768",
        "NN m1024 n1024 k1024",
        "NN m3136 n64 k576",
        "NN m64 n1000 k2048"
    })
    public String problem;

    /** The threads that work on one product. */
    @Param("1")
    public int threads;

    private int first;
    private int step = 1;
    private GemmGeometry g;
    private Engine engine;
    private Arena arena;
    private Tensor a;
    private Tensor b;
    private Tensor c;
    private MemorySegment offHeapA;
    private MemorySegment offHeapB;
    private MemorySegment offHeapC;

    /** Made by JMH. */
    public OpenBlasCallBenchmark() {}

    @SuppressWarnings("restricted") // the flags above give leave
    private static SymbolLookup library() {
        String location = OpenBlas.location();
        return Path.of(location).isAbsolute()
                ? SymbolLookup.libraryLookup(Path.of(location), Arena.global())
                : SymbolLookup.libraryLookup(location, Arena.global());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(LIBRARY.find(name).orElseThrow(), type, options);
    }

    /** Says which library it is, and compares the answers of all ways with the reference. */
    @Setup(Level.Trial)
    public void prepare() throws Throwable {
        for (String variable : new String[] {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"}) {
            if (System.getenv(variable) != null) {
                throw new IllegalStateException("unset " + variable + ": it makes OpenBLAS run for another processor");
            }
        }
        if (OpenBlas.config().contains("USE64BITINT")) {
            throw new IllegalStateException("the bare calls are written for 32-bit integers: " + OpenBlas.config());
        }
        g = GemmGeometry.parse(problem);
        engine = Bench.engine("openblas", threads);
        System.out.println("# " + OpenBlas.probe().reason());
        Bench.kernel(engine, Slot.GEMM, "openblas", g);
        a = Tensor.wrap(Bench.operand(1, g.spanA()), 0, stored(g.transA(), g.m(), g.k()));
        b = Tensor.wrap(Bench.operand(2, g.spanB()), 0, stored(g.transB(), g.k(), g.n()));
        c = Tensor.wrap(new float[g.spanC()], 0, Shape.of(g.m(), g.n()));
        arena = Arena.ofShared();
        offHeapA = arena.allocate(4L * g.spanA(), 64);
        offHeapB = arena.allocate(4L * g.spanB(), 64);
        offHeapC = arena.allocate(4L * g.spanC(), 64);
        SET_THREADS.invokeExact(threads);

        float[] expected;
        try (Engine reference = Engine.builder().backend("reference").build()) {
            Tensor product = Tensor.zeros(c.shape());
            reference.matrix().gemm(g.transA(), g.transB(), 1f, a, b, 0f, product);
            expected = product.toArray();
        }
        callEngine();
        verify("engine", expected);
        SET_THREADS.invokeExact(threads); // the engine may have said otherwise
        callOnHeap();
        verify("on heap", expected);
        MemorySegment.copy(a.array(), 0, offHeapA, JAVA_FLOAT, 0, g.spanA());
        MemorySegment.copy(b.array(), 0, offHeapB, JAVA_FLOAT, 0, g.spanB());
        callOffHeap();
        MemorySegment.copy(offHeapC, JAVA_FLOAT, 0, c.array(), 0, g.spanC());
        verify("off heap", expected);
        callStaged();
        verify("staged", expected);
    }

    private void verify(String way, float[] expected) {
        Bench.verify(way + " " + g, g.k(), c.array(), expected);
        c.fill(Float.NaN); // the next way has to write all of it
    }

    private static Shape stored(boolean transposed, int rows, int columns) {
        return transposed ? Shape.of(columns, rows) : Shape.of(rows, columns);
    }

    /** Ends the threads and frees the buffers. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
        arena.close();
    }

    /** The time of each way; JMH adds up the iterations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Turns {
        /** Time in the engine: checks, choice of the kernel, and the way that it takes. */
        public double engineSeconds;
        /** Time in the call alone, as a C program would make it. */
        public double offHeapSeconds;
        /** Time in the call alone on Java arrays; no garbage is collected meanwhile. */
        public double onHeapSeconds;
        /** Time in the call off the heap with the operands copied there and the result back. */
        public double stagedSeconds;

        /** Made by JMH. */
        public Turns() {}

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void reset() {
            engineSeconds = 0;
            offHeapSeconds = 0;
            onHeapSeconds = 0;
            stagedSeconds = 0;
        }
    }

    /** All ways in turn; {@code offHeapSeconds / engineSeconds} is what the engine reaches of the bare call. */
    @Benchmark
    public Tensor inTurns(GemmBenchmark.Work work, Turns turns) throws Throwable {
        int calls = (int) Math.max(1, MIN_TURN_FLOPS / g.flops());
        first = (first + 1) % WAYS; // the one before a way changes: what it left in the caches matters
        for (int turn = 0; turn < WAYS; turn++) {
            switch ((first + turn * step) % WAYS) {
                case 0 -> turns.engineSeconds += seconds(this::callEngine, calls);
                case 1 -> turns.offHeapSeconds += seconds(this::callOffHeap, calls);
                case 2 -> turns.onHeapSeconds += seconds(this::callOnHeap, calls);
                default -> turns.stagedSeconds += seconds(this::callStaged, calls);
            }
        }
        step = first == 0 ? WAYS - step : step;
        work.gflops += WAYS * calls * g.flops() * 1e-9;
        return c;
    }

    private interface Call {
        void run() throws Throwable;
    }

    private double seconds(Call call, int calls) throws Throwable {
        SET_THREADS.invokeExact(threads); // the engine may have said otherwise
        call.run(); // not timed: brings the operands into the caches where they fit
        long begin = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (System.nanoTime() - begin) * 1e-9;
    }

    private void callEngine() {
        engine.matrix().gemm(g.transA(), g.transB(), 1f, a, b, 0f, c);
    }

    private void callOnHeap() throws Throwable {
        SGEMM_ON_HEAP.invokeExact(
                ROW_MAJOR,
                g.transA() ? TRANSPOSED : PLAIN,
                g.transB() ? TRANSPOSED : PLAIN,
                g.m(),
                g.n(),
                g.k(),
                1f,
                MemorySegment.ofArray(a.array()),
                g.lda(),
                MemorySegment.ofArray(b.array()),
                g.ldb(),
                0f,
                MemorySegment.ofArray(c.array()),
                g.ldc());
    }

    private void callStaged() throws Throwable {
        MemorySegment.copy(a.array(), 0, offHeapA, JAVA_FLOAT, 0, g.spanA());
        MemorySegment.copy(b.array(), 0, offHeapB, JAVA_FLOAT, 0, g.spanB());
        callOffHeap();
        MemorySegment.copy(offHeapC, JAVA_FLOAT, 0, c.array(), 0, g.spanC());
    }

    private void callOffHeap() throws Throwable {
        SGEMM.invokeExact(
                ROW_MAJOR,
                g.transA() ? TRANSPOSED : PLAIN,
                g.transB() ? TRANSPOSED : PLAIN,
                g.m(),
                g.n(),
                g.k(),
                1f,
                offHeapA,
                g.lda(),
                offHeapB,
                g.ldb(),
                0f,
                offHeapC,
                g.ldc());
    }
}
