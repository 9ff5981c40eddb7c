package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Objects;

/**
 * Puts every value back at the pixel that won in a maximum pooling, and 0 everywhere else (Zeiler and Fergus 2014). Where
 * windows overlap and a pixel won in several, the values add up.
 *
 * <p>The gradient is read at the same pixels. <b>Shapes</b>, those of the pooling turned around: x {@code [batch, outH,
 * outW, channels]}, y {@code [batch, inH, inW, channels]}.
 */
public final class MaxUnpool2dOp implements Op {
    private final Pool2dGeometry g;
    private final int[] switches;

    /**
     * Makes the op for one pooling.
     *
     * @param g the geometry of the pooling
     * @param switches which tap won, {@code kh * kW + kw}, for each of its outputs; not copied
     * @throws ShapeMismatchException if there are fewer switches than outputs
     */
    public MaxUnpool2dOp(Pool2dGeometry g, int[] switches) {
        this.g = Objects.requireNonNull(g, "g");
        this.switches = Objects.requireNonNull(switches, "switches");
        int needed = g.outputShape().elements();
        if (switches.length < needed) {
            throw new ShapeMismatchException(name(), switches.length + " switches, needs " + needed + "; " + g);
        }
    }

    @Override
    public String name() {
        return "maxUnpool2d";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        ShapeMismatchException.require(name(), "input", inputs.getFirst(), g.outputShape(), g);
        return g.inputShape();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().pool2d().maxBackward(e.input(0), switches, g, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            gather(g, switches, dOut, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().pool2d().maxBackward(in.get(0), switches, g, dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    /** Reads an image at the pixels that won. */
    static void gather(Pool2dGeometry g, int[] switches, Tensor image, Tensor pooled) {
        Window2d w = g.window();
        int at = 0;
        for (int b = 0; b < g.batch(); b++) {
            for (int oh = 0; oh < g.outH(); oh++) {
                for (int ow = 0; ow < g.outW(); ow++) {
                    for (int c = 0; c < g.channels(); c++, at++) {
                        int ih = oh * w.strideH() + switches[at] / w.kW() * w.dilationH() - w.padTop();
                        int iw = ow * w.strideW() + switches[at] % w.kW() * w.dilationW() - w.padLeft();
                        int pixel = ((b * g.inH() + ih) * g.inW() + iw) * g.channels() + c;
                        pooled.array()[pooled.offset() + at] = image.array()[image.offset() + pixel];
                    }
                }
            }
        }
    }

    /** Returns the geometry of the pooling. */
    @Override
    public String toString() {
        return name() + " " + g;
    }
}
