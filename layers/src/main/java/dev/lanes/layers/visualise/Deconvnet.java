package dev.lanes.layers.visualise;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;

/**
 * Carries a signal in a layer back to the pixels, after Zeiler and Fergus (2014): what in this image does the feature
 * answer to?
 *
 * <p>The way back goes through every layer in turn: maxima are put back where they came from, through the switches of
 * this image (unpooling); convolutions are transposed; and rectifiers rectify the signal itself, not by what was on the
 * way forward, which is all that tells it from a gradient. Every other layer passes the signal back as its gradient
 * would. Biases take no part.
 *
 * <pre>{@code
 * Activations seen = Activations.of(network, image, engine);
 * Tensor pixels = Deconvnet.project(seen, seen.indexOf("relu2"), 5);   // [1, height, width, channels]
 * }</pre>
 */
public final class Deconvnet {
    private Deconvnet() {}

    /**
     * Returns what the strongest answer of one channel projects to: the signal is that answer alone, all else is zero.
     *
     * <p><b>Shapes</b>: the result is that of the image, {@code [1, height, width, channels]}, of either sign.
     *
     * @throws ShapeMismatchException if the layer has no maps
     * @throws IndexOutOfBoundsException if there is no such layer or channel
     */
    public static Tensor project(Activations seen, int step, int channel) {
        Peak peak = seen.peak(step, channel);
        Tensor signal = Tensor.zeros(seen.output(step).shape());
        signal.set(peak.value(), 0, peak.y(), peak.x(), channel);
        return project(seen, step, signal);
    }

    /**
     * Returns what a signal in the output of a layer projects to.
     *
     * @param signal of the output's shape; not changed
     * @throws ShapeMismatchException if it is of another shape
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public static Tensor project(Activations seen, int step, Tensor signal) {
        ShapeMismatchException.require(
                "deconvnet", "the signal", signal.shape(), seen.output(step).shape());
        Tensor back = signal;
        for (int i = step; i >= 0; i--) {
            Layer layer = seen.steps().get(i).layer();
            back = layer instanceof ReLU
                    ? seen.engine().relu(back)
                    : gradient(layer, seen.input(i), back, seen.engine());
        }
        return back;
    }

    private static Tensor gradient(Layer layer, Tensor x, Tensor signal, Engine engine) {
        Tape tape = Tape.recording(engine);
        Variable input = tape.leaf(x);
        Variable output = layer.forward(input, Pass.evaluation(tape));
        return tape.backward(output, signal).of(input).copy();
    }
}
