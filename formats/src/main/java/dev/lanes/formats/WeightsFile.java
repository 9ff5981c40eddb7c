package dev.lanes.formats;

import dev.lanes.numerics.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file of weights holds: named tensors in order, and short texts about them.
 *
 * @param tensors the tensors by name, in the order of the file; the map cannot be changed, the tensors can
 * @param metadata texts by name, such as the architecture or the data set; may be empty
 */
public record WeightsFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** Copies both maps; their order is kept. */
    public WeightsFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
