package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.List;
import java.util.stream.Stream;

/** Average pooling or its gradient, with and without the padding counted. */
final class AveragePoolingCase extends Case<Pool2dGeometry, AveragePool2dKernel> {
    private final boolean countPadding;

    private AveragePoolingCase(Slot<Pool2dGeometry, AveragePool2dKernel> slot, Pool2dGeometry g, boolean countPadding) {
        super(slot, g, countPadding ? "padding counts" : "");
        this.countPadding = countPadding;
    }

    static List<AveragePoolingCase> forward() {
        return all(Slot.AVERAGE_POOL2D_FORWARD);
    }

    static List<AveragePoolingCase> backward() {
        return all(Slot.AVERAGE_POOL2D_BACKWARD);
    }

    private static List<AveragePoolingCase> all(Slot<Pool2dGeometry, AveragePool2dKernel> slot) {
        return Geometries.pool2d().stream()
                .flatMap(g -> Stream.of(true, false).map(counts -> new AveragePoolingCase(slot, g, counts)))
                .toList();
    }

    @Override
    protected void call(AveragePool2dKernel kernel, Memory memory, Workspace workspace) {
        Pool2dGeometry g = geometry();
        boolean forward = slot() == Slot.AVERAGE_POOL2D_FORWARD;
        int in = g.inputShape().elements();
        int out = g.outputShape().elements();
        Guarded from = memory.input(forward ? "x" : "dy", values().any(forward ? in : out));
        Guarded to = memory.output(forward ? "y" : "dx", forward ? out : in);
        kernel.run(geometry(), countPadding, from.array(), from.offset(), to.array(), to.offset(), workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.reduction(
                (long) geometry().window().kH() * geometry().window().kW());
    }
}
