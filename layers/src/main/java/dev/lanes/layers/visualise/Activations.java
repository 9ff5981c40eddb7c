package dev.lanes.layers.visualise;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one image makes of every layer of a network: the feature maps. For convolutional layers {@code output(i)} is
 * {@code [1, height, width, channels]}, one map a channel. Immutable as long as nobody writes to the tensors.
 *
 * <pre>{@code
 * Activations seen = Activations.of(network, image, engine);
 * seen.output(seen.indexOf("relu1"));      // the maps behind the first convolution
 * }</pre>
 */
public final class Activations {
    private final Engine engine;
    private final List<Step> steps;
    private final List<Tensor> values;

    private Activations(Engine engine, List<Step> steps, List<Tensor> values) {
        this.engine = engine;
        this.steps = steps;
        this.values = values;
    }

    /**
     * Passes an image through a network, in evaluation.
     *
     * @param image {@code [1, height, width, channels]}
     * @throws ShapeMismatchException if it is not of that form or does not fit the network
     */
    public static Activations of(Sequential network, Tensor image, Engine engine) {
        requireImage("activations", image);
        network.outputShape(image.shape());
        Pass pass = Pass.evaluation(Tape.none(engine));
        List<Step> steps = Step.of(network);
        List<Tensor> values = new ArrayList<>();
        values.add(image);
        for (Step step : steps) {
            values.add(step.layer()
                    .forward(pass.tape().constant(values.getLast()), pass)
                    .value());
        }
        return new Activations(engine, steps, List.copyOf(values));
    }

    /** Throws unless a tensor is one image. */
    static void requireImage(String who, Tensor image) {
        if (image.shape().rank() != 4 || image.shape().dim(0) != 1) {
            throw new ShapeMismatchException(
                    who, "the image is " + image.shape() + ", needs [1, height, width, channels]");
        }
    }

    /** Returns the layers in order. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Returns the place of a layer by its path.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public int indexOf(String name) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no layer \"" + name + "\"; there are "
                + steps.stream().map(Step::name).toList());
    }

    /** Returns the image. */
    public Tensor image() {
        return values.getFirst();
    }

    /** Returns what a layer was given, not a copy; throws {@link IndexOutOfBoundsException} if there is none. */
    public Tensor input(int step) {
        return values.get(Objects.checkIndex(step, steps.size()));
    }

    /** Returns what a layer made of it, not a copy; throws {@link IndexOutOfBoundsException} if there is none. */
    public Tensor output(int step) {
        return values.get(Objects.checkIndex(step, steps.size()) + 1);
    }

    /**
     * Returns where a channel of a layer answers most; of equal places the first.
     *
     * @throws ShapeMismatchException if the layer has no maps
     * @throws IndexOutOfBoundsException if there is no such layer or channel
     */
    public Peak peak(int step, int channel) {
        Tensor maps = output(step);
        requireMaps(steps.get(step), maps);
        Objects.checkIndex(channel, maps.shape().dim(3));
        Peak best = new Peak(0, 0, maps.get(0, 0, 0, channel));
        for (int y = 0; y < maps.shape().dim(1); y++) {
            for (int x = 0; x < maps.shape().dim(2); x++) {
                float value = maps.get(0, y, x, channel);
                if (value > best.value()) {
                    best = new Peak(y, x, value);
                }
            }
        }
        return best;
    }

    /** Throws unless an output is that of a layer with maps. */
    static void requireMaps(Step step, Tensor output) {
        if (output.shape().rank() != 4) {
            throw new ShapeMismatchException(
                    step.name(), "the output is " + output.shape() + ", needs [batch, height, width, channels]");
        }
    }

    /** Returns what computed. */
    Engine engine() {
        return engine;
    }
}
