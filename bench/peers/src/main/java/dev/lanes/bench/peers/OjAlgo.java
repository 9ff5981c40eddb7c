package dev.lanes.bench.peers;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.numerics.geometry.GemmGeometry;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R032Store;

/** ojAlgo: its dense matrices of floats, which are column-major. */
public final class OjAlgo implements Contestant {
    /** Sets the number of threads. */
    public OjAlgo(int threads) {
        OjAlgoUtils.limitThreadsTo(threads);
    }

    @Override
    public String version() {
        return "ojAlgo " + OjAlgoUtils.getVersion();
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (!(problem instanceof GemmProblem p)
                || p.inDoubles()
                || p.geometry().transA()
                || p.geometry().transB()) {
            throw new UnsupportedOperationException("ojAlgo: plain products of matrices of floats only");
        }
        GemmGeometry g = p.geometry();
        R032Store a = store(p.a(), g.m(), g.k());
        R032Store b = store(p.b(), g.k(), g.n());
        R032Store c = R032Store.FACTORY.make(g.m(), g.n());
        return new Candidate() {
            @Override
            public void run() {
                c.fillByMultiplying(a, b);
            }

            @Override
            public double answer(int index) {
                return c.doubleValue(index / g.n(), index % g.n());
            }

            @Override
            public String detail() {
                return "R032Store";
            }
        };
    }

    private static R032Store store(float[] values, int rows, int columns) {
        R032Store store = R032Store.FACTORY.make(rows, columns);
        for (int i = 0; i < values.length; i++) {
            store.set(i / columns, i % columns, values[i]);
        }
        return store;
    }

    @Override
    public void close() {}
}
