package dev.lanes.layers.visualise;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Batches;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The images of a data set, and the places in them, that each feature of a layer answers to most: at most one place an
 * image, strongest first.
 *
 * <pre>{@code
 * TopActivations top = TopActivations.of(network, "relu2", dataset, 9, engine);
 * TopActivations.Hit best = top.hits(5).getFirst();      // the strongest answer of feature 5
 * dataset.image(best.image());
 * }</pre>
 */
public final class TopActivations {
    private static final int BATCH = 64;

    private final List<List<Hit>> hits;

    /**
     * One answer.
     *
     * @param image which example of the data set
     * @param peak where in the layer's maps, and how strong
     */
    public record Hit(int image, Peak peak) {}

    private TopActivations(List<List<Hit>> hits) {
        this.hits = hits;
    }

    /**
     * Looks through a data set.
     *
     * @param layer the path of the layer
     * @param count how many images to keep for each feature
     * @throws ShapeMismatchException if the images do not fit the network or the layer has no maps
     * @throws IllegalArgumentException if there is no such layer, no image, or the count is below 1
     */
    public static TopActivations of(Sequential network, String layer, Dataset data, int count, Engine engine) {
        if (count < 1 || data.size() == 0) {
            throw new IllegalArgumentException(
                    "topActivations: " + count + " of " + data.size() + " images, needs at least 1 of at least 1");
        }
        Activations first = Activations.of(network, data.images().slice(0, 1), engine);
        int step = first.indexOf(layer);
        Activations.requireMaps(first.steps().get(step), first.output(step));
        int channels = first.output(step).shape().dim(3);
        List<List<Hit>> best = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            best.add(new ArrayList<>());
        }
        Pass pass = Pass.evaluation(Tape.none(engine));
        int image = 0;
        for (Batches.Batch batch : new Batches(data, BATCH, 0)) {
            Variable maps = pass.tape().constant(batch.images());
            for (int i = 0; i <= step; i++) {
                maps = first.steps().get(i).layer().forward(maps, pass);
            }
            for (int b = 0; b < batch.size(); b++, image++) {
                collect(maps.value(), b, image, count, best);
            }
        }
        return new TopActivations(best.stream().map(List::copyOf).toList());
    }

    private static void collect(Tensor maps, int b, int image, int count, List<List<Hit>> best) {
        int width = maps.shape().dim(2);
        int channels = maps.shape().dim(3);
        int places = maps.shape().dim(1) * width;
        int from = maps.offset() + b * places * channels;
        for (int c = 0; c < channels; c++) {
            int at = 0;
            for (int p = 1; p < places; p++) {
                at = maps.array()[from + p * channels + c] > maps.array()[from + at * channels + c] ? p : at;
            }
            float value = maps.array()[from + at * channels + c];
            List<Hit> hits = best.get(c);
            if (hits.size() < count || value > hits.getLast().peak().value()) {
                hits.add(new Hit(image, new Peak(at / width, at % width, value)));
                hits.sort(Comparator.comparingDouble(
                        hit -> -hit.peak().value())); // stable: the earlier image stays first
                if (hits.size() > count) {
                    hits.removeLast();
                }
            }
        }
    }

    /** Returns how many features the layer has. */
    public int features() {
        return hits.size();
    }

    /** Returns the strongest answers of a feature; throws {@link IndexOutOfBoundsException} if there is no such. */
    public List<Hit> hits(int feature) {
        return hits.get(feature);
    }
}
