package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.DropoutKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.List;

/** Dropout of nothing, of half, and of nearly all, apart and in place. */
final class DropoutCase extends Case<RowsGeometry, DropoutKernel> {
    private final int threshold;
    private final boolean inPlace;

    private DropoutCase(RowsGeometry g, int threshold, boolean inPlace) {
        super(Slot.DROPOUT, g, threshold + (inPlace ? " in place" : ""));
        this.threshold = threshold;
        this.inPlace = inPlace;
    }

    static List<DropoutCase> all() {
        return Geometries.rows().stream()
                .flatMap(g -> List.of(
                        new DropoutCase(g, 0, false),
                        new DropoutCase(g, 1 << 23, false),
                        new DropoutCase(g, 1 << 23, true),
                        new DropoutCase(g, (1 << 24) - 1, true))
                        .stream())
                .toList();
    }

    @Override
    protected void call(DropoutKernel kernel, Memory memory, Workspace workspace) {
        RowsGeometry g = geometry();
        float[] pixels = values().special(g.elements());
        Guarded x = inPlace ? memory.updated("y", pixels) : memory.input("x", pixels);
        Guarded y = inPlace ? x : memory.output("y", g.elements());
        long seed = 0x1234_5678_9abc_def0L + threshold;
        kernel.run(g, x.array(), x.offset(), seed, threshold, 2f, y.array(), y.offset(), workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.EXACT;
    }
}
