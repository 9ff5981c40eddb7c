package dev.lanes.bench.peers;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.problems.LayerProblem;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.Problem;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library, as its users write it: NCHW, autograd, its own SGD. */
public final class PyTorch implements Contestant {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    /** Loads the library and sets the number of threads. */
    public PyTorch(int threads) {
        torch.set_num_threads(threads);
        torch.set_num_interop_threads(1);
    }

    @Override
    public String version() {
        String config = torch.show_config().getString();
        String version = config.lines()
                .filter(line -> line.contains("TORCH_VERSION="))
                .map(line -> line.replaceAll(".*TORCH_VERSION=([^,]*).*", "$1"))
                .findFirst()
                .orElse("");
        return "PyTorch " + version + ", " + torch.get_num_threads() + " threads";
    }

    @Override
    public String core() {
        return torch.get_cpu_capability().getString();
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (problem instanceof LayerProblem p) {
            return new PyTorchLayer(p);
        }
        if (!(problem instanceof NetworkProblem p)) {
            throw new UnsupportedOperationException("PyTorch is measured on layers and networks only");
        }
        Network network = new Network(p, p.batch());
        return new Candidate() {
            @Override
            public void run() {
                if (p.train()) {
                    network.train();
                } else {
                    network.infer(null);
                }
            }

            @Override
            public double answer(int index) {
                return checked(p)[index];
            }

            @Override
            public String detail() {
                return "libtorch, NCHW, autograd, SGD";
            }
        };
    }

    private float[] checked;
    private NetworkProblem checkedProblem;

    private float[] checked(NetworkProblem p) {
        if (checkedProblem != p) {
            Network network = new Network(p, NetworkProblem.CHECKED);
            for (int i = 0; p.train() && i < NetworkProblem.CHECKED_STEPS; i++) {
                network.train();
            }
            checked = new float[NetworkProblem.CHECKED * NetworkProblem.CLASSES];
            network.infer(checked);
            checkedProblem = p;
        }
        return checked;
    }

    @Override
    public void close() {}

    /** The network with its weights in the order of PyTorch: OIHW, and {@code [out, in]} with inputs by channel. */
    private static final class Network {
        private final NetworkProblem p;
        private final Tensor[] weights;
        private final TensorOptional[] biases;
        private final Tensor images;
        private final Tensor labels;
        private final SGD optimiser;

        Network(NetworkProblem p, int batch) {
            this.p = p;
            int count = p.steps().size();
            weights = new Tensor[count];
            biases = new TensorOptional[count];
            TensorVector parameters = new TensorVector();
            NetworkProblem.Flat flat = null;
            for (int i = 0; i < count; i++) {
                float[] w = p.weights(i);
                switch (p.steps().get(i)) {
                    case NetworkProblem.Conv c ->
                        weights[i] = parameter(oihw(w, c), c.outC(), c.inC(), c.kernel(), c.kernel());
                    case NetworkProblem.Full f -> weights[i] = parameter(outIn(w, f, flat), f.out(), f.in());
                    default -> {}
                }
                flat = p.steps().get(i) instanceof NetworkProblem.Flat found ? found : null;
                if (weights[i] != null) {
                    Tensor bias = parameter(p.biases(i), p.biases(i).length);
                    biases[i] = new TensorOptional(bias);
                    parameters.push_back(weights[i]);
                    parameters.push_back(bias);
                }
            }
            images = Tensor.create(p.images(batch), batch, 1, 28, 28);
            long[] classes = new long[batch];
            for (int i = 0; i < batch; i++) {
                classes[i] = p.labels(batch)[i];
            }
            labels = Tensor.create(classes, batch);
            optimiser = new SGD(parameters, new SGDOptions(NetworkProblem.LEARNING_RATE));
        }

        private static Tensor parameter(float[] values, long... sizes) {
            return Tensor.create(values, sizes).requires_grad_(true);
        }

        private static float[] oihw(float[] hwio, NetworkProblem.Conv c) {
            float[] oihw = new float[hwio.length];
            int taps = c.kernel() * c.kernel();
            for (int tap = 0; tap < taps; tap++) {
                for (int i = 0; i < c.inC(); i++) {
                    for (int o = 0; o < c.outC(); o++) {
                        oihw[(o * c.inC() + i) * taps + tap] = hwio[(tap * c.inC() + i) * c.outC() + o];
                    }
                }
            }
            return oihw;
        }

        private static float[] outIn(float[] inOut, NetworkProblem.Full f, NetworkProblem.Flat flat) {
            float[] outIn = new float[inOut.length];
            for (int i = 0; i < f.in(); i++) {
                int at = i;
                if (flat != null) { // from pixel by pixel to channel by channel
                    int channel = i % flat.channels();
                    at = channel * flat.height() * flat.width() + i / flat.channels();
                }
                for (int o = 0; o < f.out(); o++) {
                    outIn[o * f.in() + at] = inOut[i * f.out() + o];
                }
            }
            return outIn;
        }

        void train() {
            try (PointerScope _ = new PointerScope()) {
                optimiser.zero_grad();
                torch.cross_entropy_loss(forward(), labels).backward();
                optimiser.step();
            }
        }

        void infer(float[] scores) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor y = forward();
                if (scores != null) {
                    new org.bytedeco.javacpp.FloatPointer(y.contiguous().data_ptr_float()).get(scores);
                }
            }
        }

        private Tensor forward() {
            Tensor x = images;
            for (int i = 0; i < weights.length; i++) {
                x = switch (p.steps().get(i)) {
                    case NetworkProblem.Conv c ->
                        torch.conv2d(x, weights[i], biases[i], ONE, new long[] {c.padding(), c.padding()}, ONE, 1);
                    case NetworkProblem.Pool _ -> torch.max_pool2d(x, TWO, TWO, NONE, ONE, false);
                    case NetworkProblem.Relu _ -> torch.relu(x);
                    case NetworkProblem.Flat _ -> torch.flatten(x, 1, -1);
                    case NetworkProblem.Full _ -> torch.linear(x, weights[i], biases[i]);
                };
            }
            return x;
        }
    }
}
