package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.AddOp;
import dev.lanes.numerics.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A residual connection, {@code y = body(x) + shortcut(x)}, the shortcut x itself unless another is given (He et al.
 * 2016); see {@link AddOp}.
 *
 * <p><b>Shapes</b>: body and shortcut give the same. Parameters are named {@code body.NAME} and {@code shortcut.NAME}.
 *
 * <pre>{@code
 * Layer block = new Residual(body);                                            // 64 channels in and out
 * Layer down = new Residual(halving, Conv2d.builder(64, 128, 1).stride(2).build(random));
 * }</pre>
 */
public final class Residual implements Layer {
    private final Layer body;
    private final Optional<Layer> shortcut;

    /** Makes a block whose shortcut is x itself. */
    public Residual(Layer body) {
        this.body = Objects.requireNonNull(body, "body");
        this.shortcut = Optional.empty();
    }

    /** Makes a block with a shortcut of its own, which brings x to the shape of the body's output. */
    public Residual(Layer body, Layer shortcut) {
        this.body = Objects.requireNonNull(body, "body");
        this.shortcut = Optional.of(shortcut);
    }

    /** Returns the body. */
    public Layer body() {
        return body;
    }

    /** Returns the shortcut, if it is not x itself. */
    public Optional<Layer> shortcut() {
        return shortcut;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable y = body.forward(x, pass);
        return pass.tape()
                .apply(AddOp.ADD, y, shortcut.isPresent() ? shortcut.get().forward(x, pass) : x);
    }

    @Override
    public List<Parameter> parameters() {
        return both(Layer::parameters);
    }

    @Override
    public List<Parameter> buffers() {
        return both(Layer::buffers);
    }

    private List<Parameter> both(Function<Layer, List<Parameter>> ofLayer) {
        List<Parameter> all = new ArrayList<>();
        ofLayer.apply(body).forEach(p -> all.add(p.within("body")));
        shortcut.ifPresent(layer -> ofLayer.apply(layer).forEach(p -> all.add(p.within("shortcut"))));
        return List.copyOf(all);
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape other = shortcut.map(layer -> layer.outputShape(input)).orElse(input);
        return AddOp.ADD.outputShape(List.of(body.outputShape(input), other));
    }

    @Override
    public long flops(Shape input) {
        return body.flops(input)
                + shortcut.map(layer -> layer.flops(input)).orElse(0L)
                + outputShape(input).elements();
    }

    /** Returns body and shortcut, as in {@code Residual of Sequential of 5 layers}. */
    @Override
    public String toString() {
        return "Residual of " + body
                + shortcut.map(layer -> " with shortcut " + layer).orElse("");
    }
}
