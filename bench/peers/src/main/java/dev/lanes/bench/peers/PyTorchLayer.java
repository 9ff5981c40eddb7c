package dev.lanes.bench.peers;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.problems.LayerProblem;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One layer in PyTorch, NCHW; a step computes the gradients by autograd. */
final class PyTorchLayer implements Candidate {
    private final LayerProblem p;
    private final Tensor x;
    private final Tensor seed;
    private final Tensor weights;
    private final TensorOptional biases;
    private final Tensor bias;
    private float[] result;

    PyTorchLayer(LayerProblem p) {
        this.p = p;
        x = images(p.input(), p.inputShape());
        seed = images(p.seed(), p.outputShape());
        float[] w = p.weights();
        if (p.conv() != null) {
            Conv2dGeometry g = p.conv();
            weights = Tensor.create(
                    oihw(w, g),
                    g.outC(),
                    g.inCPerGroup(),
                    g.window().kH(),
                    g.window().kW());
        } else if (p.full() != null) {
            weights = Tensor.create(
                    transposed(w, p.full().k(), p.full().n()),
                    p.full().n(),
                    p.full().k());
        } else {
            weights = null;
        }
        bias = weights == null ? null : Tensor.create(p.biases(), p.biases().length);
        biases = weights == null ? null : new TensorOptional(bias);
        if (p.step()) {
            x.requires_grad_(true);
            if (weights != null) {
                weights.requires_grad_(true);
                bias.requires_grad_(true);
            }
        }
    }

    private static float[] oihw(float[] hwio, Conv2dGeometry g) {
        int taps = g.window().kH() * g.window().kW();
        float[] oihw = new float[hwio.length];
        for (int i = 0; i < hwio.length; i++) {
            int o = i % g.outC();
            int c = i / g.outC() % g.inCPerGroup();
            oihw[(o * g.inCPerGroup() + c) * taps + i / g.outC() / g.inCPerGroup()] = hwio[i];
        }
        return oihw;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return turned;
    }

    private static Tensor images(float[] nhwc, Shape shape) {
        if (shape.rank() == 2) {
            return Tensor.create(nhwc, shape.dim(0), shape.dim(1));
        }
        float[] nchw = new float[nhwc.length];
        for (int i = 0; i < nhwc.length; i++) {
            nchw[at(i, shape)] = nhwc[i];
        }
        return Tensor.create(nchw, shape.dim(0), shape.dim(3), shape.dim(1), shape.dim(2));
    }

    /** Returns where the element of an index in NHWC lies in NCHW. */
    private static int at(int index, Shape shape) {
        if (shape.rank() == 2) {
            return index;
        }
        int channels = shape.dim(3);
        int pixels = shape.dim(1) * shape.dim(2);
        int image = index / (channels * pixels);
        return (image * channels + index % channels) * pixels + index / channels % pixels;
    }

    @Override
    public void run() {
        compute(false);
    }

    private void compute(boolean keep) {
        try (PointerScope _ = new PointerScope()) {
            if (p.step()) {
                forget(x);
                forget(weights);
                forget(bias);
                Tensor y = forward();
                y.backward(seed, new BoolOptional(), false, new TensorArrayRefOptional());
                if (keep) {
                    copy(x.grad());
                }
            } else {
                try (NoGradGuard _ = new NoGradGuard()) {
                    Tensor y = forward();
                    if (keep) {
                        copy(y);
                    }
                }
            }
        }
    }

    private static void forget(Tensor tensor) {
        if (tensor != null) {
            tensor.mutable_grad().reset();
        }
    }

    private void copy(Tensor tensor) {
        result = new float[(int) tensor.numel()];
        new FloatPointer(tensor.contiguous().data_ptr_float()).get(result);
    }

    private Tensor forward() {
        if (p.full() != null) {
            return torch.linear(x, weights, biases);
        }
        Window2d w = p.conv() != null ? p.conv().window() : p.pool().window();
        long[] stride = {w.strideH(), w.strideW()};
        long[] padding = {w.padTop(), w.padLeft()};
        long[] dilation = {w.dilationH(), w.dilationW()};
        return p.conv() != null
                ? torch.conv2d(
                        x, weights, biases, stride, padding, dilation, p.conv().groups())
                : torch.max_pool2d(x, new long[] {w.kH(), w.kW()}, stride, padding, dilation, false);
    }

    @Override
    public double answer(int index) {
        if (result == null) {
            compute(true);
        }
        return result[at(index, p.step() ? p.inputShape() : p.outputShape())];
    }

    @Override
    public String detail() {
        return "libtorch, NCHW" + (p.step() ? ", autograd" : "");
    }
}
