package dev.lanes.bench.peers;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.contestants.MissingPeerException;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.function.IntToDoubleFunction;

/** The Java BLAS of dev.ludovic.netlib, with vectors; column-major, so it is asked for the transposed product. */
public final class NetlibBlas implements Contestant {
    private final JavaBLAS blas = JavaBLAS.getInstance();

    /**
     * Finds the implementation.
     *
     * @throws MissingPeerException on more than one thread, which it does not have
     */
    public NetlibBlas(int threads) {
        if (threads != 1) {
            throw new MissingPeerException("netlib runs on one thread");
        }
    }

    @Override
    public String version() {
        return "dev.ludovic.netlib " + blas.getClass().getSimpleName();
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (!(problem instanceof GemmProblem p)) {
            throw new UnsupportedOperationException("netlib has matrix products only");
        }
        GemmGeometry g = p.geometry();
        String left = g.transB() ? "T" : "N";
        String right = g.transA() ? "T" : "N";
        if (p.inDoubles()) {
            double[] a = p.widened(p.a());
            double[] b = p.widened(p.b());
            double[] c = new double[g.spanC()];
            return new Call(
                    "dgemm",
                    i -> c[i],
                    () -> blas.dgemm(left, right, g.n(), g.m(), g.k(), 1, b, g.ldb(), a, g.lda(), 0, c, g.ldc()));
        }
        float[] a = p.a();
        float[] b = p.b();
        float[] c = new float[g.spanC()];
        return p.kernel().equals("sgemv") && !g.transB()
                ? new Call("sgemv", i -> c[i], () -> blas.sgemv("N", g.n(), g.k(), 1f, b, g.ldb(), a, 1, 0f, c, 1))
                : new Call(
                        "sgemm",
                        i -> c[i],
                        () -> blas.sgemm(left, right, g.n(), g.m(), g.k(), 1f, b, g.ldb(), a, g.lda(), 0f, c, g.ldc()));
    }

    @Override
    public void close() {}

    private record Call(String detail, IntToDoubleFunction result, Runnable work) implements Candidate {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public double answer(int index) {
            return result.applyAsDouble(index);
        }
    }
}
