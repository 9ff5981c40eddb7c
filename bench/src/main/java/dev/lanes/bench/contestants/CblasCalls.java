package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.numerics.geometry.GemmGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The bare C functions of a BLAS on operands that lie off the heap, as a C program would call them. */
final class CblasCalls {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private final MethodHandle sgemm;
    private final MethodHandle dgemm;
    private final MethodHandle sgemv;

    CblasCalls(SymbolLookup library) {
        sgemm = Native.bind(library, "cblas_sgemm", gemmType(JAVA_FLOAT));
        dgemm = Native.bind(library, "cblas_dgemm", gemmType(JAVA_DOUBLE));
        sgemv = Native.bind(
                library,
                "cblas_sgemv",
                FunctionDescriptor.ofVoid(
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
                        JAVA_INT));
    }

    private static FunctionDescriptor gemmType(ValueLayout real) {
        MemoryLayout i = JAVA_INT;
        return FunctionDescriptor.ofVoid(i, i, i, i, i, i, real, ADDRESS, i, ADDRESS, i, real, ADDRESS, i);
    }

    Candidate prepare(GemmProblem p) {
        return p.inDoubles() ? new Doubles(p) : new Floats(p);
    }

    private final class Floats implements Candidate {
        private final Arena arena = Arena.ofShared();
        private final GemmGeometry g;
        private final boolean vector;
        private final MemorySegment a;
        private final MemorySegment b;
        private final MemorySegment c;

        Floats(GemmProblem p) {
            g = p.geometry();
            vector = p.kernel().equals("sgemv");
            a = Native.copy(arena, p.a());
            b = Native.copy(arena, p.b());
            c = arena.allocate(4L * g.spanC(), 64);
        }

        @Override
        public void run() {
            int transA = g.transA() ? TRANSPOSED : PLAIN;
            int transB = g.transB() ? TRANSPOSED : PLAIN;
            try {
                if (vector) {
                    int rows = g.transB() ? g.n() : g.k();
                    int columns = g.transB() ? g.k() : g.n();
                    int form = g.transB() ? PLAIN : TRANSPOSED;
                    sgemv.invokeExact(ROW_MAJOR, form, rows, columns, 1f, b, g.ldb(), a, 1, 0f, c, 1);
                } else {
                    sgemm.invokeExact(
                            ROW_MAJOR, transA, transB, g.m(), g.n(), g.k(), 1f, a, g.lda(), b, g.ldb(), 0f, c, g.ldc());
                }
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }

        @Override
        public double answer(int index) {
            return c.getAtIndex(JAVA_FLOAT, index);
        }

        @Override
        public String detail() {
            return vector ? "cblas_sgemv" : "cblas_sgemm";
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    private final class Doubles implements Candidate {
        private final Arena arena = Arena.ofShared();
        private final GemmGeometry g;
        private final MemorySegment a;
        private final MemorySegment b;
        private final MemorySegment c;

        Doubles(GemmProblem p) {
            g = p.geometry();
            a = arena.allocateFrom(JAVA_DOUBLE, p.widened(p.a()));
            b = arena.allocateFrom(JAVA_DOUBLE, p.widened(p.b()));
            c = arena.allocate(8L * g.spanC(), 64);
        }

        @Override
        public void run() {
            int transA = g.transA() ? TRANSPOSED : PLAIN;
            int transB = g.transB() ? TRANSPOSED : PLAIN;
            try {
                dgemm.invokeExact(
                        ROW_MAJOR, transA, transB, g.m(), g.n(), g.k(), 1d, a, g.lda(), b, g.ldb(), 0d, c, g.ldc());
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }

        @Override
        public double answer(int index) {
            return c.getAtIndex(JAVA_DOUBLE, index);
        }

        @Override
        public String detail() {
            return "cblas_dgemm";
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
