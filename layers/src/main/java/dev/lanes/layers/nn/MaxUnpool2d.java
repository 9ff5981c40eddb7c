package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.MaxUnpool2dOp;
import dev.lanes.layers.ops.Switches;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import java.util.List;
import java.util.Objects;

/**
 * Puts values back at the pixels that won in a {@link MaxPool2d}, and 0 everywhere else; see {@link MaxUnpool2dOp}.
 * <b>Shapes</b>: those of the pooling's latest pass, turned around.
 *
 * <pre>{@code
 * Switches switches = new Switches();
 * Layer pool = new MaxPool2d(2).into(switches);
 * Layer unpool = new MaxUnpool2d(switches);        // after the pool in the same pass
 * }</pre>
 */
public final class MaxUnpool2d implements Layer {
    private final Switches switches;

    /** Makes a layer that reads the switches that a pooling leaves. */
    public MaxUnpool2d(Switches switches) {
        this.switches = Objects.requireNonNull(switches, "switches");
    }

    private Pool2dGeometry geometry() {
        return switches.geometry()
                .orElseThrow(() -> new ShapeMismatchException(
                        "maxUnpool2d", "there are no switches yet; the pooling must be applied before"));
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(new MaxUnpool2dOp(geometry(), switches.taps()), x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return new MaxUnpool2dOp(geometry(), switches.taps()).outputShape(List.of(input));
    }

    @Override
    public long flops(Shape input) {
        return 0;
    }

    @Override
    public String toString() {
        return "MaxUnpool2d";
    }
}
