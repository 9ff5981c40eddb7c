package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** A matrix product with its scalars and epilogue; with beta 0 the result is poisoned with NaN before. */
final class GemmCase extends Case<GemmGeometry, GemmKernel> {
    private final float alpha;
    private final float beta;
    private final Ending ending;

    private GemmCase(GemmGeometry g, float alpha, float beta, Ending ending) {
        super(Slot.GEMM, g, "alpha " + alpha + " beta " + beta + " " + ending);
        this.alpha = alpha;
        this.beta = beta;
        this.ending = ending;
    }

    static List<GemmCase> all() {
        List<GemmCase> cases = new ArrayList<>();
        for (GemmGeometry g : Geometries.gemm()) {
            Values values = new Values(Seed.random("gemm " + g));
            cases.add(new GemmCase(
                    g,
                    values.oneOf(1f, 1f, 0.5f, -1f, 0f),
                    values.oneOf(0f, 0f, 1f, 0.5f, -1f),
                    values.oneOf(Ending.values())));
        }
        return cases;
    }

    @Override
    protected void call(GemmKernel kernel, Memory memory, Workspace workspace) {
        GemmGeometry g = geometry();
        Values values = values();
        int aRows = g.transA() ? g.k() : g.m();
        int aColumns = g.transA() ? g.m() : g.k();
        int bRows = g.transB() ? g.n() : g.k();
        int bColumns = g.transB() ? g.k() : g.n();
        Guarded a = memory.input("a", aRows, aColumns, g.lda(), values.any(aRows * aColumns));
        Guarded b = memory.input("b", bRows, bColumns, g.ldb(), values.any(bRows * bColumns));
        Guarded c = beta == 0
                ? memory.output("c", g.m(), g.n(), g.ldc())
                : memory.updated("c", g.m(), g.n(), g.ldc(), values.any(g.m() * g.n()));
        Epilogue epilogue = ending.epilogue(memory, values, c, g.m(), g.n(), g.ldc());
        kernel.run(
                g,
                memory.scalar(alpha),
                a.array(),
                a.offset(),
                b.array(),
                b.offset(),
                memory.scalar(beta),
                c.array(),
                c.offset(),
                epilogue,
                workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.reduction(geometry().k());
    }
}
