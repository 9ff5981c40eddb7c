package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.MaxPool2dBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Arrays;

/** The gradient of maximum pooling as it is defined: each output's gradient is added to the pixel that won. */
final class ReferenceMaxPool2dBackward implements MaxPool2dBackwardKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Pool2dGeometry g, float[] dy, int dyOffset, int[] switches, float[] dx, int dxOffset, Workspace workspace) {
        int image = g.inH() * g.inW() * g.channels();
        workspace.run(g.batch(), g.flops(), (b, worker) -> {
            Arrays.fill(dx, dxOffset + b * image, dxOffset + (b + 1) * image, 0f);
            for (int oh = 0; oh < g.outH(); oh++) {
                for (int ow = 0; ow < g.outW(); ow++) {
                    for (int c = 0; c < g.channels(); c++) {
                        int at = ((b * g.outH() + oh) * g.outW() + ow) * g.channels() + c;
                        int pixel = ReferenceMaxPool2dForward.pixel(g, dxOffset, b, oh, ow, c, switches[at]);
                        dx[pixel] += dy[dyOffset + at];
                    }
                }
            }
        });
    }
}
