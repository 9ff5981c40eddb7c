package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.ArrayList;
import java.util.List;

/** Into which convolutions the gradients by the input fall, kept for the last geometries, so that a call allocates nothing. */
final class PhasePlans {
    private static final int KEPT = 64;

    private final Conv2dGeometry[] known = new Conv2dGeometry[KEPT];
    private final Part[][] plans = new Part[KEPT][];
    private int next;

    /**
     * The gradient of the pixels of one phase.
     *
     * @param convolution the convolution of dy that gives it; null if no tap reaches these pixels
     * @param whole whether these are all pixels, in their order
     */
    record Part(Phase down, Phase across, Conv2dGeometry convolution, boolean whole) {}

    /** Returns the parts of a gradient. */
    Part[] of(Conv2dGeometry g) {
        for (int i = 0; i < KEPT; i++) {
            if (g.equals(known[i])) {
                return plans[i];
            }
        }
        Part[] plan = make(g).toArray(Part[]::new);
        known[next] = g;
        plans[next] = plan;
        next = (next + 1) % KEPT;
        return plan;
    }

    private static List<Part> make(Conv2dGeometry g) {
        Window2d w = g.window();
        List<Part> parts = new ArrayList<>();
        for (int h = 0; h < Math.min(w.strideH(), g.inH()); h++) {
            Phase down = Phase.of(h, g.inH(), g.outH(), w.kH(), w.strideH(), w.dilationH(), w.padTop());
            for (int v = 0; v < Math.min(w.strideW(), g.inW()); v++) {
                Phase across = Phase.of(v, g.inW(), g.outW(), w.kW(), w.strideW(), w.dilationW(), w.padLeft());
                parts.add(part(g, down, across));
            }
        }
        return parts;
    }

    private static Part part(Conv2dGeometry g, Phase down, Phase across) {
        if (down.taps() == 0 || across.taps() == 0) {
            return new Part(down, across, null, false);
        }
        Window2d turned = new Window2d(
                down.taps(),
                across.taps(),
                1,
                1,
                down.padBefore(),
                down.padAfter(),
                across.padBefore(),
                across.padAfter(),
                down.dilation(),
                across.dilation());
        Conv2dGeometry all = new Conv2dGeometry(g.batch(), g.outH(), g.outW(), g.outC(), g.inC(), g.groups(), turned);
        boolean whole = g.window().strideH() == 1
                && g.window().strideW() == 1
                && all.outputShape().equals(g.inputShape());
        return new Part(down, across, all, whole);
    }
}
