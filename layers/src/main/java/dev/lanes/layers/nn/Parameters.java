package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import java.util.List;
import java.util.Optional;

/** Lists of parameters. */
final class Parameters {
    private Parameters() {}

    static List<Parameter> of(Parameter weight, Optional<Parameter> bias) {
        return bias.map(b -> List.of(weight, b)).orElse(List.of(weight));
    }
}
