package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/**
 * The weights of a network by name, as files hold them.
 *
 * <pre>{@code
 * Safetensors.write(file, Weights.of(net), Map.of());
 * Weights.load(Safetensors.read(file).tensors(), net);
 * }</pre>
 */
public final class Weights {
    private Weights() {}

    /** Returns the tensors of the parameters and then of the buffers of a network, not copies, by name. */
    public static SequencedMap<String, Tensor> of(Layer network) {
        return of(all(network));
    }

    /**
     * Copies weights into the parameters and buffers of a network, by name. Either all are copied or none.
     *
     * @throws IllegalArgumentException if a parameter or buffer has no weights or weights have neither
     * @throws ShapeMismatchException if a shape differs
     */
    public static void load(Map<String, Tensor> weights, Layer network) {
        load(weights, all(network));
    }

    private static List<Parameter> all(Layer network) {
        List<Parameter> all = new ArrayList<>(network.parameters());
        all.addAll(network.buffers());
        return all;
    }

    /** Returns the parameters' tensors, not copies, by name and in their order. */
    public static SequencedMap<String, Tensor> of(List<Parameter> parameters) {
        SequencedMap<String, Tensor> weights = new LinkedHashMap<>();
        parameters.forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        return weights;
    }

    /**
     * Copies weights into the parameters of the same names. Either all are copied or none.
     *
     * @throws IllegalArgumentException if a parameter has no weights or weights have no parameter
     * @throws ShapeMismatchException if a shape differs
     */
    public static void load(Map<String, Tensor> weights, List<Parameter> parameters) {
        TreeSet<String> unused = new TreeSet<>(weights.keySet());
        TreeSet<String> missing = new TreeSet<>();
        for (Parameter parameter : parameters) {
            Tensor value = weights.get(parameter.name());
            if (value == null) {
                missing.add(parameter.name());
            } else {
                ShapeMismatchException.require("weights", parameter.name(), value.shape(), parameter.shape());
            }
            unused.remove(parameter.name());
        }
        if (!missing.isEmpty() || !unused.isEmpty()) {
            throw new IllegalArgumentException("weights do not belong to this network: "
                    + (missing.isEmpty() ? "" : "there are none for " + missing)
                    + (missing.isEmpty() || unused.isEmpty() ? "" : ", and ")
                    + (unused.isEmpty() ? "" : "it has no use for " + unused));
        }
        parameters.forEach(parameter -> parameter.value().copyFrom(weights.get(parameter.name())));
    }
}
