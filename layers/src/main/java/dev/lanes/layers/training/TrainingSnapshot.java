package dev.lanes.layers.training;

import dev.lanes.numerics.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Everything that a training needs to go on from where it stands with the same bits: weights and buffers of the network,
 * what the optimiser remembers, the best weights so far, how far it has come, the state of the random numbers, and what
 * the epochs have brought. Plain tensors and texts by name, as {@code Safetensors} writes them.
 *
 * <pre>{@code
 * TrainingSnapshot snapshot = trainer.snapshot();
 * Safetensors.write(file, snapshot.tensors(), snapshot.texts());
 * ...
 * WeightsFile saved = Safetensors.read(file);
 * trainer.resume(new TrainingSnapshot(saved.tensors(), saved.metadata()));
 * }</pre>
 *
 * @param tensors the tensors themselves, not copies; by names as {@code network.conv1.weight}
 * @param texts numbers and reports, by names as {@code training.epoch}
 */
public record TrainingSnapshot(Map<String, Tensor> tensors, Map<String, String> texts) {
    /** What the names of the weights and buffers begin with. */
    static final String NETWORK = "network.";
    /** What the names of what the optimiser remembers begin with. */
    static final String OPTIMISER = "optimiser.";
    /** What the names of the best weights and buffers begin with. */
    static final String BEST = "best.";

    /** Returns the tensors whose names begin with a prefix, without it. */
    SequencedMap<String, Tensor> part(String prefix) {
        SequencedMap<String, Tensor> part = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    /**
     * Returns a text.
     *
     * @throws IllegalArgumentException if there is none of the name
     */
    String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("resume: there is no " + name + "; this is no checkpoint of a training");
        }
        return text;
    }

    /**
     * Returns a text that is a whole number.
     *
     * @throws IllegalArgumentException if there is none of the name, or it is no such number
     */
    long number(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "resume: " + name + " is \"" + text(name) + "\", needs a whole number", e);
        }
    }
}
