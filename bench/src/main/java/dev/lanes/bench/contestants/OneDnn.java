package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanes.bench.problems.ConvProblem;
import dev.lanes.bench.problems.FunctionProblem;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.LayerProblem;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.PoolProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.RowsProblem;
import dev.lanes.numerics.geometry.GemmGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;

/**
 * oneDNN as its makers want it used: primitives made once and executed often, memory and packed weights made
 * beforehand. Where the library may choose the layout of the images, both its choice and NHWC are tried and the faster
 * one is measured.
 */
final class OneDnn implements Contestant {
    private static final int TRIALS = 5;

    private final Dnnl dnnl;

    OneDnn() {
        dnnl = new Dnnl(Native.load(Native.peer("onednn", "libdnnl.so.3")));
    }

    @Override
    public String version() {
        return dnnl.version();
    }

    @Override
    public String core() {
        return dnnl.instructionSet();
    }

    @Override
    public Candidate prepare(Problem problem) {
        return switch (problem) {
            case GemmProblem p -> gemm(p);
            case ConvProblem p -> {
                OneDnnConv conv = new OneDnnConv(dnnl, p);
                yield faster(
                        p.answers(),
                        conv.plainDestination(),
                        List.of(a -> conv.make(a, true), a -> conv.make(a, false)));
            }
            case PoolProblem p -> {
                OneDnnPool pool = new OneDnnPool(dnnl, p);
                yield faster(p.answers(), pool.nhwc(), List.of(pool::inNhwc, pool::inBlocks));
            }
            case RowsProblem p -> rows(p);
            case FunctionProblem p -> function(p);
            case NetworkProblem _, LayerProblem _ ->
                throw new UnsupportedOperationException("oneDNN has no layers and networks");
        };
    }

    private Candidate gemm(GemmProblem p) {
        GemmGeometry g = p.geometry();
        if (p.inDoubles()) {
            throw new UnsupportedOperationException("oneDNN has no matrix product in double precision");
        }
        long m = g.m();
        long n = g.n();
        long k = g.k();
        MemorySegment c = dnnl.strided(new long[] {m, n}, g.ldc(), 1);
        if (!p.packed() && m != 1) {
            Arena arena = Arena.ofShared();
            Dnnl.Memory out = dnnl.memory(arena, c);
            MemorySegment a = Native.copy(arena, p.a());
            MemorySegment b = Native.copy(arena, p.b());
            return new Prepared(
                    arena,
                    dnnl,
                    out,
                    out,
                    "dnnl_sgemm",
                    () -> dnnl.sgemm(g.transA(), g.transB(), m, n, k, a, g.lda(), b, g.ldb(), out.data(), g.ldc()));
        }
        MemorySegment a =
                g.transA() ? dnnl.strided(new long[] {m, k}, 1, g.lda()) : dnnl.strided(new long[] {m, k}, g.lda(), 1);
        MemorySegment b =
                g.transB() ? dnnl.strided(new long[] {k, n}, 1, g.ldb()) : dnnl.strided(new long[] {k, n}, g.ldb(), 1);
        return faster(
                p.answers(),
                c,
                List.of(arena -> matmul(arena, p, a, b, dnnl.any(k, n), c), arena -> matmul(arena, p, a, b, b, c)));
    }

    private Made matmul(
            Arena arena, GemmProblem p, MemorySegment a, MemorySegment b, MemorySegment weights, MemorySegment c) {
        MemorySegment described = dnnl.describe(
                "dnnl_matmul_primitive_desc_create", a, weights, MemorySegment.NULL, c, MemorySegment.NULL);
        Dnnl.Memory out = dnnl.memory(arena, c);
        Dnnl.Bound work = dnnl.bind(
                arena,
                described,
                Dnnl.ARG_SRC,
                dnnl.converted(arena, p.a(), a, a),
                Dnnl.ARG_WEIGHTS,
                dnnl.converted(arena, p.b(), b, dnnl.query(described, Dnnl.QUERY_WEIGHTS)),
                Dnnl.ARG_DST,
                out);
        String layout = weights == b ? "plain weights" : "packed weights";
        return new Made(work, out, "matmul, " + layout + ", " + dnnl.implementation(described));
    }

    private Candidate rows(RowsProblem p) {
        long columns = p.geometry().columns();
        MemorySegment plain = dnnl.strided(new long[] {p.geometry().rows(), columns}, columns, 1);
        return faster(p.answers(), plain, List.of(arena -> {
            Dnnl.Memory x = dnnl.converted(arena, p.x(), plain, plain);
            Dnnl.Memory y = dnnl.memory(arena, plain);
            if (p.kernel().equals("add")) {
                Dnnl.Memory second = dnnl.converted(arena, p.second(), plain, plain);
                MemorySegment described = dnnl.describe(
                        "dnnl_binary_primitive_desc_create", BINARY_ADD, plain, plain, plain, MemorySegment.NULL);
                return new Made(
                        dnnl.bind(arena, described, Dnnl.ARG_SRC, x, Dnnl.ARG_SRC_1, second, Dnnl.ARG_DST, y),
                        y,
                        dnnl.implementation(described));
            }
            MemorySegment described = p.kernel().equals("relu")
                    ? elementwise(RELU, plain, 0f, 0f)
                    : dnnl.describe(
                            "dnnl_softmax_forward_primitive_desc_create",
                            INFERENCE,
                            SOFTMAX,
                            plain,
                            plain,
                            1,
                            MemorySegment.NULL);
            return new Made(
                    dnnl.bind(arena, described, Dnnl.ARG_SRC, x, Dnnl.ARG_DST, y), y, dnnl.implementation(described));
        }));
    }

    private Candidate function(FunctionProblem p) {
        long columns = p.geometry().columns();
        MemorySegment plain = dnnl.strided(new long[] {p.geometry().rows(), columns}, columns, 1);
        return faster(p.answers(), plain, List.of(arena -> {
            MemorySegment described = switch (p.function()) {
                case TANH -> elementwise(RELU + 1, plain, 0f, 0f);
                case SIGMOID -> elementwise(RELU + 9, plain, 0f, 0f);
                case EXP -> elementwise(RELU + 10, plain, 0f, 0f);
                case SILU -> elementwise(RELU + 12, plain, 1f, 0f);
                case GELU -> elementwise(RELU + 17, plain, 0f, 0f);
                case HARDSWISH -> elementwise(RELU + 20, plain, 1f / 6, 0.5f);
            };
            Dnnl.Memory x = dnnl.converted(arena, p.x(), plain, plain);
            Dnnl.Memory y = dnnl.memory(arena, plain);
            return new Made(
                    dnnl.bind(arena, described, Dnnl.ARG_SRC, x, Dnnl.ARG_DST, y), y, dnnl.implementation(described));
        }));
    }

    private MemorySegment elementwise(int algorithm, MemorySegment layout, float alpha, float beta) {
        return dnnl.describe(
                "dnnl_eltwise_forward_primitive_desc_create",
                INFERENCE,
                algorithm,
                layout,
                layout,
                alpha,
                beta,
                MemorySegment.NULL);
    }

    static final int INFERENCE = 96;
    /** The first of the functions in oneDNN's list (dnnl_types.h); the others follow it. */
    private static final int RELU = 32;

    private static final int SOFTMAX = 196_608;
    private static final int BINARY_ADD = 131_056;

    /** A primitive with its operands, where its result lies, and what it is. */
    record Made(Dnnl.Bound work, Dnnl.Memory result, String detail) {}

    /** Returns the fastest of several ways to do the same. */
    private Candidate faster(int answers, MemorySegment plain, List<Function<Arena, Made>> ways) {
        Candidate best = null;
        long least = Long.MAX_VALUE;
        UnsupportedOperationException missing = null;
        for (Function<Arena, Made> way : ways) {
            Arena arena = Arena.ofShared();
            Candidate candidate;
            try {
                Made made = way.apply(arena);
                candidate = new Prepared(
                        arena, dnnl, made.result, dnnl.memory(arena, plain), made.detail, () -> dnnl.run(made.work));
            } catch (UnsupportedOperationException e) {
                arena.close();
                missing = e;
                continue;
            }
            long nanos = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                long start = System.nanoTime();
                candidate.run();
                nanos = Math.min(nanos, System.nanoTime() - start);
            }
            if (best == null || nanos < least) {
                if (best != null) {
                    best.close();
                }
                best = candidate;
                least = nanos;
            } else {
                candidate.close();
            }
        }
        if (best == null) {
            throw missing;
        }
        return best;
    }

    @Override
    public void close() {}

    /** What is timed, and its result in our layout on demand. */
    private static final class Prepared implements Candidate {
        private final Arena arena;
        private final Dnnl dnnl;
        private final Dnnl.Memory result;
        private final Dnnl.Memory plain;
        private final String detail;
        private final Runnable work;
        private boolean converted;

        Prepared(Arena arena, Dnnl dnnl, Dnnl.Memory result, Dnnl.Memory plain, String detail, Runnable work) {
            this.arena = arena;
            this.dnnl = dnnl;
            this.result = result;
            this.plain = plain;
            this.detail = detail;
            this.work = work;
        }

        @Override
        public void run() {
            converted = false;
            work.run();
        }

        @Override
        public double answer(int index) {
            if (!converted && result != plain) {
                dnnl.convert(arena, result, plain);
            }
            converted = true;
            return plain.data().getAtIndex(JAVA_FLOAT, index);
        }

        @Override
        public String detail() {
            return detail;
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
