package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A name for a tensor that is learnt: training changes the values, never the tensor. What a parameter <em>is</em> is its
 * tensor; {@code weight} in a layer and {@code conv1.weight} in the network around it are two names of the same one, and
 * a {@link Tape} treats them so.
 *
 * <pre>{@code
 * Parameter bias = new Parameter("bias", Tensor.zeros(10));
 * bias.value().fill(0.1f);
 * bias.within("fc2").name();   // "fc2.bias"
 * }</pre>
 *
 * @param name letters, digits, {@code _} and {@code -}, in parts divided by dots
 * @param value the values, which may be written to by one thread while no other reads
 */
public record Parameter(String name, Tensor value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /**
     * @throws IllegalArgumentException if the name is not of the form
     */
    public Parameter {
        Objects.requireNonNull(value, "value");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("parameter name \"" + name
                    + "\" must be parts of letters, digits, _ and - divided by dots, as in \"conv1.weight\"");
        }
    }

    /** Returns the shape of the tensor. */
    public Shape shape() {
        return value.shape();
    }

    /** Returns the same tensor under the name {@code owner.name}. */
    public Parameter within(String owner) {
        return new Parameter(owner + "." + name, value);
    }

    /** Returns name and shape, as in {@code conv1.weight [3, 3, 1, 8]}. */
    @Override
    public String toString() {
        return name + " " + shape();
    }
}
