package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** A matrix product in double precision with its scalars; with beta 0 the result is poisoned with NaN before. */
final class DoubleGemmCase extends Case<GemmGeometry, DoubleGemmKernel> {
    private final double alpha;
    private final double beta;

    private DoubleGemmCase(GemmGeometry g, double alpha, double beta) {
        super(Slot.DOUBLE_GEMM, g, "alpha " + alpha + " beta " + beta);
        this.alpha = alpha;
        this.beta = beta;
    }

    static List<DoubleGemmCase> all() {
        List<DoubleGemmCase> cases = new ArrayList<>();
        for (GemmGeometry g : Geometries.gemm()) {
            Values values = new Values(Seed.random("gemm.double " + g));
            cases.add(new DoubleGemmCase(g, values.oneOf(1., 1., 0.3, -1., 0.), values.oneOf(0., 0., 1., 0.7, -1.)));
        }
        return cases;
    }

    @Override
    protected void call(DoubleGemmKernel kernel, Memory memory, Workspace workspace) {
        GemmGeometry g = geometry();
        Values values = values();
        int aRows = g.transA() ? g.k() : g.m();
        int aColumns = g.transA() ? g.m() : g.k();
        int bRows = g.transB() ? g.n() : g.k();
        int bColumns = g.transB() ? g.k() : g.n();
        Guarded a = memory.doubleInput("a", aRows, aColumns, g.lda(), values.anyDouble(aRows * aColumns));
        Guarded b = memory.doubleInput("b", bRows, bColumns, g.ldb(), values.anyDouble(bRows * bColumns));
        Guarded c = beta == 0
                ? memory.doubleOutput("c", g.m(), g.n(), g.ldc())
                : memory.doubleUpdated("c", g.m(), g.n(), g.ldc(), values.anyDouble(g.m() * g.n()));
        kernel.run(
                g,
                memory.scalar(alpha),
                a.doubles(),
                a.offset(),
                b.doubles(),
                b.offset(),
                memory.scalar(beta),
                c.doubles(),
                c.offset(),
                workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.doubleReduction(geometry().k());
    }
}
