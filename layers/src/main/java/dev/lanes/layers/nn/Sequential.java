package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Layers one behind the other, each under a name.
 *
 * <p>Parameters are named by their path, {@code conv1.weight}, and errors name the layer in the same way. A layer may
 * stand in two places; its parameters are then listed once, under the first.
 *
 * <pre>{@code
 * RandomGenerator random = new SeededRandom(42);
 * Sequential net = Sequential.builder()
 *         .add("conv1", Conv2d.builder(1, 8, 3).padding(1).build(random))
 *         .add("relu1", new ReLU())
 *         .add("pool1", new MaxPool2d(2))
 *         .add("flatten", new Flatten())
 *         .add("fc", Linear.builder(10 * 10 * 8, 10).build(random))
 *         .build();
 * net.outputShape(Shape.of(64, 20, 20, 1));   // [64, 10]
 * System.out.println(net.summary(Shape.of(1, 20, 20, 1)));
 * }</pre>
 */
public final class Sequential implements Layer {
    private final List<Child> children;
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;

    /**
     * A layer and its name.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @param layer the layer
     */
    public record Child(String name, Layer layer) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

        /**
         * @throws IllegalArgumentException if the name is not of the form
         */
        public Child {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "layer name \"" + name + "\" must be letters, digits, _ and -, as in \"conv1\"");
            }
        }
    }

    private Sequential(List<Child> children) {
        this.children = List.copyOf(children);
        this.parameters = all(Layer::parameters);
        this.buffers = all(Layer::buffers);
    }

    /** Returns what the layers have, under their names, each tensor once. */
    private List<Parameter> all(Function<Layer, List<Parameter>> ofLayer) {
        List<Parameter> all = new ArrayList<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Child child : children) {
            for (Parameter parameter : ofLayer.apply(child.layer)) {
                if (seen.add(parameter.value())) {
                    all.add(parameter.within(child.name));
                }
            }
        }
        return List.copyOf(all);
    }

    /** Returns a builder with no layers. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the layers in order. */
    public List<Child> children() {
        return children;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable y = x;
        for (int i = 0; i < children.size(); i++) {
            Child child = children.get(i);
            try {
                y = child.layer.forward(y, pass);
            } catch (ShapeMismatchException e) {
                throw within(child, e);
            }
        }
        return y;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> buffers() {
        return buffers;
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape shape = input;
        for (Child child : children) {
            shape = outputShape(child, shape);
        }
        return shape;
    }

    @Override
    public long flops(Shape input) {
        long flops = 0;
        Shape shape = input;
        for (Child child : children) {
            Shape next = outputShape(child, shape);
            flops += child.layer.flops(shape);
            shape = next;
        }
        return flops;
    }

    /** Returns the shape after one layer; an error names the layer. */
    static Shape outputShape(Child child, Shape input) {
        try {
            return child.layer.outputShape(input);
        } catch (ShapeMismatchException e) {
            throw within(child, e);
        }
    }

    /** Returns the error with the layer in front: {@code conv2d: ...} within conv1 is {@code conv1: conv2d: ...}. */
    private static ShapeMismatchException within(Child child, ShapeMismatchException e) {
        String operation = e.operation();
        String path = child.name + (operation.contains(": ") ? "." : ": ") + operation;
        String message = e.getMessage().substring(operation.length() + ": ".length());
        ShapeMismatchException named = new ShapeMismatchException(path, message);
        named.initCause(e);
        return named;
    }

    /**
     * Returns a table of the layers, one a line: name, settings, output shape, parameters, floating-point operations of
     * one forward pass and memory of the output, with totals; below it the memory of the weights and of all values of a
     * pass, which training keeps. The layers of a {@code Sequential} or a {@link Residual} within this one have lines of
     * their own.
     *
     * @param input the shape of the input, batch included
     * @throws ShapeMismatchException if the input does not fit
     */
    public String summary(Shape input) {
        return Summary.of(this, input);
    }

    /** Returns how many layers there are. */
    @Override
    public String toString() {
        return "Sequential of " + children.size() + (children.size() == 1 ? " layer" : " layers");
    }

    /** Collects the layers of a {@link Sequential}. */
    public static final class Builder {
        private final List<Child> children = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a layer behind the others.
         *
         * @throws IllegalArgumentException if the name is taken, or is not letters, digits, {@code _} and {@code -}
         */
        public Builder add(String name, Layer layer) {
            for (Child child : children) {
                if (child.name.equals(name)) {
                    throw new IllegalArgumentException(
                            "there is a layer \"" + name + "\" already: " + child.layer + "; names must differ");
                }
            }
            children.add(new Child(name, layer));
            return this;
        }

        /** Returns the network; this builder may go on. */
        public Sequential build() {
            return new Sequential(children);
        }
    }
}
