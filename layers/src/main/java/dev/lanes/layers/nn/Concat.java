package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.ConcatOp;
import dev.lanes.numerics.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several layers side by side on the same input, their outputs joined along the channels, as in Inception and DenseNet;
 * see {@link ConcatOp}. <b>Shapes</b>: the branches' outputs differ in their last axis alone. Parameters are named {@code
 * 0.NAME}, {@code 1.NAME} and so on by branch.
 *
 * <pre>{@code
 * Layer block = new Concat(one, three, five);    // 1x1, 3x3 and 5x5 convolutions
 * }</pre>
 */
public final class Concat implements Layer {
    private final List<Layer> branches;

    /** Makes a layer of some branches; throws {@link IllegalArgumentException} if there is none. */
    public Concat(Layer... branches) {
        this.branches = List.of(branches);
        if (branches.length == 0) {
            throw new IllegalArgumentException("concat: there are 0 branches, needs at least 1");
        }
    }

    /** Returns the branches. */
    public List<Layer> branches() {
        return branches;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable[] outputs = new Variable[branches.size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = branches.get(i).forward(x, pass);
        }
        return pass.tape().apply(ConcatOp.CHANNELS, outputs);
    }

    @Override
    public List<Parameter> parameters() {
        return all(Layer::parameters);
    }

    @Override
    public List<Parameter> buffers() {
        return all(Layer::buffers);
    }

    private List<Parameter> all(Function<Layer, List<Parameter>> ofLayer) {
        return IntStream.range(0, branches.size())
                .boxed()
                .flatMap(i -> ofLayer.apply(branches.get(i)).stream().map(p -> p.within(i.toString())))
                .toList();
    }

    @Override
    public Shape outputShape(Shape input) {
        return ConcatOp.CHANNELS.outputShape(
                branches.stream().map(layer -> layer.outputShape(input)).toList());
    }

    @Override
    public long flops(Shape input) {
        return branches.stream().mapToLong(layer -> layer.flops(input)).sum();
    }

    /** Returns how many branches there are, as in {@code Concat of 3 branches}. */
    @Override
    public String toString() {
        return "Concat of " + branches.size() + (branches.size() == 1 ? " branch" : " branches");
    }
}
