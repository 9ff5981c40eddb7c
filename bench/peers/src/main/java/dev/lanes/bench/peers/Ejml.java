package dev.lanes.bench.peers;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.numerics.geometry.GemmGeometry;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/** EJML: its dense row-major matrices of floats. */
public final class Ejml implements Contestant {
    private final boolean many;

    /** Sets the number of threads. */
    public Ejml(int threads) {
        many = threads > 1;
        EjmlConcurrency.setMaxThreads(threads);
    }

    @Override
    public String version() {
        return "EJML " + EjmlVersion.VERSION;
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (!(problem instanceof GemmProblem p)
                || p.inDoubles()
                || (p.geometry().transA() && p.geometry().transB())) {
            throw new UnsupportedOperationException("EJML: products of matrices of floats only");
        }
        GemmGeometry g = p.geometry();
        FMatrixRMaj a = new FMatrixRMaj(g.transA() ? g.k() : g.m(), g.transA() ? g.m() : g.k(), true, p.a());
        FMatrixRMaj b = new FMatrixRMaj(g.transB() ? g.n() : g.k(), g.transB() ? g.k() : g.n(), true, p.b());
        FMatrixRMaj c = new FMatrixRMaj(g.m(), g.n());
        return new Candidate() {
            @Override
            public void run() {
                if (g.transA()) {
                    if (many) {
                        CommonOps_MT_FDRM.multTransA(a, b, c);
                    } else {
                        CommonOps_FDRM.multTransA(a, b, c);
                    }
                } else if (g.transB()) {
                    if (many) {
                        CommonOps_MT_FDRM.multTransB(a, b, c);
                    } else {
                        CommonOps_FDRM.multTransB(a, b, c);
                    }
                } else if (many) {
                    CommonOps_MT_FDRM.mult(a, b, c);
                } else {
                    CommonOps_FDRM.mult(a, b, c);
                }
            }

            @Override
            public double answer(int index) {
                return c.data[index];
            }

            @Override
            public String detail() {
                return many ? "CommonOps_MT_FDRM" : "CommonOps_FDRM";
            }
        };
    }

    @Override
    public void close() {}
}
