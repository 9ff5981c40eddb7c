package dev.lanes.openblas;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * OpenBLAS itself: which one it is, and its matrix product in double precision, for which the engine has no operation.
 *
 * <p>Single precision goes through {@code Engine.builder().backend("openblas")}. Sizes are checked here, since a wrong
 * one would read or write memory that is not ours. For any thread.
 *
 * <pre>{@code
 * double[] a = {1, 2, 3, 4};
 * double[] b = {5, 6};
 * double[] c = new double[2];
 * OpenBlas.dgemm(GemmGeometry.of(2, 1, 2), 1, a, 0, b, 0, 0, c, 0, 1);   // {17, 39}
 * }</pre>
 */
public final class OpenBlas {
    /** The most floating-point operations of a call on the heap: 5 to 10 ms on a core that does 50 to 100 GFLOP/s. */
    private static final long MAX_HEAP_FLOPS = 1L << 29;

    private OpenBlas() {}

    /** Returns whether OpenBLAS can be used here, and which it is or why it cannot. */
    public static Probe probe() {
        return Loaded.probe();
    }

    /**
     * Returns the file that the library was loaded from, or its name where the system found it.
     *
     * @throws IllegalStateException if there is no OpenBLAS here; says why
     */
    public static String location() {
        return Loaded.library().location();
    }

    /**
     * Returns version and build options in the library's own words.
     *
     * @throws IllegalStateException if there is no OpenBLAS here; says why
     */
    public static String config() {
        return Loaded.library().config();
    }

    /**
     * Returns the processor whose kernels the library has chosen, as in {@code Haswell}.
     *
     * @throws IllegalStateException if there is no OpenBLAS here; says why
     */
    public static String core() {
        return Loaded.library().core();
    }

    /**
     * Computes {@code c = beta * c + alpha * op(a) * op(b)} in double precision; a product with a vector by {@code
     * dgemv}, any other by {@code dgemm}.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}, op(b) {@code [k, n]}, c {@code [m, n]}, stored as the geometry says.
     * Modifies c, which must not be the array of a or b; where beta is 0, what stood in c is not read.
     *
     * @param threads how many threads OpenBLAS may use; beside other calls it uses the caller's alone
     * @throws IndexOutOfBoundsException if an operand does not lie within its array
     * @throws IllegalArgumentException if threads is below 1, or c is the array of a or b
     * @throws IllegalStateException if there is no OpenBLAS here; says why
     */
    public static void dgemm(
            GemmGeometry g,
            double alpha,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double beta,
            double[] c,
            int cOffset,
            int threads) {
        Objects.checkFromIndexSize(aOffset, g.spanA(), a.length);
        Objects.checkFromIndexSize(bOffset, g.spanB(), b.length);
        Objects.checkFromIndexSize(cOffset, g.spanC(), c.length);
        if (c == a || c == b) {
            throw new IllegalArgumentException("dgemm: c must not be the array of a or b, which are still read");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("dgemm: threads must be at least 1, not " + threads);
        }
        Loaded.library();
        if (g.m() == 0 || g.n() == 0) {
            return;
        }
        if (g.k() == 0) {
            scale(g, beta, c, cOffset);
            return;
        }
        MemorySegment left = segment(a, aOffset, g.spanA());
        MemorySegment right = segment(b, bOffset, g.spanB());
        MemorySegment product = segment(c, cOffset, g.spanC());
        ThreadCount.enter(threads);
        try {
            if (VectorProduct.is(g)) {
                scale(g, beta, c, cOffset);
                multiplyVector(g, alpha, left, right, product);
            } else if (g.flops() <= MAX_HEAP_FLOPS) {
                Cblas.dgemmOnHeap(g, alpha, left, right, beta, product);
            } else {
                multiplyStaged(g, alpha, left, right, beta, product);
            }
        } finally {
            ThreadCount.leave();
        }
    }

    private static void multiplyVector(
            GemmGeometry g, double alpha, MemorySegment a, MemorySegment b, MemorySegment c) {
        VectorProduct v = VectorProduct.of(g);
        int most = Math.clamp(VectorProduct.MAX_ELEMENTS / 2 / g.k(), 1, v.length());
        for (int from = 0; from < v.length(); from += most) {
            Cblas.dgemvOnHeap(
                    v.transposed(),
                    Math.min(most, v.length() - from),
                    g.k(),
                    alpha,
                    (v.row() ? b : a).asSlice((long) Double.BYTES * v.matrixAt(from)),
                    v.stride(),
                    v.row() ? a : b,
                    v.xStep(),
                    c.asSlice((long) Double.BYTES * from * v.yStep()),
                    v.yStep());
        }
    }

    private static void multiplyStaged(
            GemmGeometry g, double alpha, MemorySegment a, MemorySegment b, double beta, MemorySegment c) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment product = copy(c, arena);
            Cblas.dgemm(g, alpha, copy(a, arena), copy(b, arena), beta, product);
            for (long i = 0; i < g.m(); i++) { // row by row: what lies between the rows is not ours
                long at = Double.BYTES * i * g.ldc();
                MemorySegment.copy(product, at, c, at, (long) Double.BYTES * g.n());
            }
        }
    }

    private static void scale(GemmGeometry g, double beta, double[] c, int cOffset) {
        for (int i = 0; i < g.m(); i++) {
            int at = cOffset + i * g.ldc();
            if (beta == 0) {
                Arrays.fill(c, at, at + g.n(), 0);
            } else {
                for (int j = at; j < at + g.n(); j++) {
                    c[j] *= beta;
                }
            }
        }
    }

    private static MemorySegment copy(MemorySegment from, Arena arena) {
        return arena.allocate(from.byteSize(), 64).copyFrom(from);
    }

    private static MemorySegment segment(double[] array, int at, int length) {
        return MemorySegment.ofArray(array).asSlice((long) Double.BYTES * at, (long) Double.BYTES * length);
    }
}
