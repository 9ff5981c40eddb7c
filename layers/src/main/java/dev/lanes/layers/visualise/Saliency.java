package dev.lanes.layers.visualise;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Objects;

/**
 * How much each pixel matters for the score of a class, after Simonyan, Vedaldi and Zisserman (2014): the size of the
 * score's gradient by the pixel, the largest of its channels.
 *
 * <pre>{@code
 * Tensor map = Saliency.of(network, image, 3, engine);   // [height, width], 0 or more
 * }</pre>
 */
public final class Saliency {
    private Saliency() {}

    /**
     * Returns the map.
     *
     * <p><b>Shapes</b>: image {@code [1, height, width, channels]}, result {@code [height, width]}.
     *
     * @param network images to scores {@code [batch, classes]}
     * @param classIndex which score
     * @throws ShapeMismatchException if the image is not of that form or does not fit
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public static Tensor of(Layer network, Tensor image, int classIndex, Engine engine) {
        Activations.requireImage("saliency", image);
        Tape tape = Tape.recording(engine);
        Variable x = tape.leaf(image);
        Variable scores = network.forward(x, Pass.evaluation(tape));
        Tensor seed = Tensor.zeros(scores.shape());
        seed.array()[seed.offset() + Objects.checkIndex(classIndex, seed.elements())] = 1;
        Tensor gradient = tape.backward(scores, seed).of(x);
        Shape shape = image.shape();
        int channels = shape.dim(3);
        return Tensor.generate(Shape.of(shape.dim(1), shape.dim(2)), pixel -> {
            float most = 0;
            for (int c = 0; c < channels; c++) {
                most = Math.max(most, Math.abs(gradient.array()[gradient.offset() + pixel * channels + c]));
            }
            return most;
        });
    }
}
