package dev.lanes.bench.contestants;

import dev.lanes.bench.problems.ConvProblem;
import dev.lanes.bench.problems.FunctionProblem;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.LanesNetwork;
import dev.lanes.bench.problems.LayerProblem;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.PoolProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.RowsProblem;
import dev.lanes.numerics.BackendUnavailableException;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Finish;
import dev.lanes.numerics.PackedMatrix;
import dev.lanes.numerics.PreparedConv2d;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Slot;
import java.util.function.Supplier;

/** Lanes itself, through its engine, checks and all, as its users call it. */
final class Lanes implements Contestant {
    /** With the 16 bytes of an array's header 64 bytes. */
    private static final int LINE = 6;

    private final String wanted;
    private final Engine engine;

    Lanes(String backend, int threads) {
        wanted = backend;
        try {
            engine = Engine.builder().backend(backend).threads(threads).build();
        } catch (BackendUnavailableException e) {
            throw new MissingPeerException(e.getMessage(), e);
        }
    }

    @Override
    public String version() {
        return engine.toString();
    }

    @Override
    public String core() {
        return engine.vectorBits() == 0 ? "" : engine.vectorBits() + " bits";
    }

    @Override
    public String invalid() {
        return engine.backend().equals(wanted) ? "" : "wanted the backend " + wanted + ", got " + engine.backend();
    }

    @Override
    public long compiledAllocation(Problem problem) {
        return wanted.equals("vector") ? problem.compiledAllocation() : Long.MAX_VALUE;
    }

    @Override
    public Candidate prepare(Problem problem) {
        return switch (problem) {
            case GemmProblem p -> gemm(p);
            case ConvProblem p -> conv(p);
            case PoolProblem p -> pool(p);
            case RowsProblem p -> rows(p);
            case FunctionProblem p -> function(p);
            case NetworkProblem p -> network(p);
            case LayerProblem p -> layer(p);
        };
    }

    private Candidate gemm(GemmProblem p) {
        GemmGeometry g = p.geometry();
        if (p.inDoubles()) {
            return doubles(p);
        }
        Tensor a = Tensor.of(g.transA() ? Shape.of(g.k(), g.m()) : Shape.of(g.m(), g.k()), p.a());
        Tensor b = Tensor.of(g.transB() ? Shape.of(g.n(), g.k()) : Shape.of(g.k(), g.n()), p.b());
        Tensor c = Tensor.zeros(g.m(), g.n());
        if (p.kernel().equals("sgemv")) {
            int rows = g.transB() ? g.n() : g.k();
            int columns = g.transB() ? g.k() : g.n();
            return new Call(
                    c,
                    "sgemv",
                    () -> engine.matrix()
                            .sgemv(
                                    !g.transB(),
                                    rows,
                                    columns,
                                    1f,
                                    b.array(),
                                    b.offset(),
                                    g.ldb(),
                                    a.array(),
                                    a.offset(),
                                    1,
                                    0f,
                                    c.array(),
                                    c.offset(),
                                    1));
        }
        String name = engine.kernels().choose(Slot.GEMM, g).name();
        if (p.packed()) {
            PackedMatrix packed = engine.matrix().packB(g.transB(), b);
            return new Call(
                    c, name + ", B packed", () -> engine.matrix().gemm(g.transA(), a, packed, 0f, Finish.NONE, c));
        }
        return new Call(c, name, () -> engine.matrix().gemm(g.transA(), g.transB(), 1f, a, b, 0f, c));
    }

    private Candidate doubles(GemmProblem p) {
        GemmGeometry g = p.geometry();
        double[] a = onLine(p.widened(p.a()));
        double[] b = onLine(p.widened(p.b()));
        double[] c = onLine(new double[g.spanC()]);
        return new Candidate() {
            @Override
            public void run() {
                engine.matrix()
                        .dgemm(
                                g.transA(),
                                g.transB(),
                                g.m(),
                                g.n(),
                                g.k(),
                                1,
                                a,
                                LINE,
                                g.lda(),
                                b,
                                LINE,
                                g.ldb(),
                                0,
                                c,
                                LINE,
                                g.ldc());
            }

            @Override
            public double answer(int index) {
                return c[LINE + index];
            }

            @Override
            public String detail() {
                return "dgemm";
            }
        };
    }

    /** Returns the values behind so many others that the first begins a cache line, as large tensors and the peers' do. */
    private static double[] onLine(double[] values) {
        double[] result = new double[LINE + values.length];
        System.arraycopy(values, 0, result, LINE, values.length);
        return result;
    }

    private Candidate conv(ConvProblem p) {
        Conv2dGeometry g = p.geometry();
        Tensor x = Tensor.of(g.inputShape(), p.x());
        Tensor w = Tensor.of(g.weightShape(), p.w());
        if (p.forward()) {
            Tensor y = Tensor.zeros(g.outputShape());
            PreparedConv2d prepared = engine.conv2d().prepare(w, g);
            return new Call(
                    y,
                    engine.kernels().choose(Slot.CONV2D_FORWARD, g).name() + ", weights prepared",
                    () -> engine.conv2d().forward(x, prepared, g, Finish.NONE, y));
        }
        Tensor dy = Tensor.of(g.outputShape(), p.dy());
        if (p.backwardInput()) {
            Tensor dx = Tensor.zeros(g.inputShape());
            return new Call(
                    dx,
                    engine.kernels().choose(Slot.CONV2D_BACKWARD_INPUT, g).name(),
                    () -> engine.conv2d().backwardInput(dy, w, g, dx));
        }
        Tensor dw = Tensor.zeros(g.weightShape());
        return new Call(
                dw,
                engine.kernels().choose(Slot.CONV2D_BACKWARD_WEIGHTS, g).name(),
                () -> engine.conv2d().backwardWeights(x, dy, g, dw));
    }

    private Candidate pool(PoolProblem p) {
        Tensor x = Tensor.of(p.geometry().inputShape(), p.x());
        Tensor y = Tensor.zeros(p.geometry().outputShape());
        if (!p.max()) {
            return new Call(y, "average", () -> engine.pool2d().average(x, p.geometry(), false, y));
        }
        return new Call(
                y,
                engine.kernels().choose(Slot.MAX_POOL2D_FORWARD, p.geometry()).name(),
                () -> engine.pool2d().max(x, p.geometry(), y, null));
    }

    private Candidate rows(RowsProblem p) {
        Shape shape = Shape.of(p.geometry().rows(), p.geometry().columns());
        Tensor x = Tensor.of(shape, p.x());
        Tensor y = Tensor.zeros(shape);
        switch (p.kernel()) {
            case "relu":
                return new Call(y, "relu", () -> engine.elementwise().relu(x, y));
            case "add":
                Tensor second = Tensor.of(shape, p.second());
                return new Call(y, "add", () -> engine.elementwise().add(x, second, y));
            default:
                return new Call(y, "softmax", () -> engine.rows().softmax(x, y, null));
        }
    }

    private Candidate function(FunctionProblem p) {
        Tensor x = Tensor.of(Shape.of(p.geometry().rows(), p.geometry().columns()), p.x());
        Tensor y = Tensor.zeros(x.shape());
        return new Call(
                y, p.kernel(), () -> engine.elementwise().apply(p.function().ours(), x, y));
    }

    private Candidate layer(LayerProblem p) {
        Supplier<Tensor> layer = p.lanes(engine);
        return new Candidate() {
            private Tensor result;

            @Override
            public void run() {
                result = layer.get();
            }

            @Override
            public double answer(int index) {
                return result.array()[result.offset() + index];
            }

            @Override
            public String detail() {
                return "layer and tape, NHWC";
            }
        };
    }

    private Candidate network(NetworkProblem p) {
        LanesNetwork network = new LanesNetwork(p, engine, p.batch());
        return new Candidate() {
            private double[] checked;

            @Override
            public void run() {
                checked = null;
                if (p.train()) {
                    network.train();
                } else {
                    network.infer();
                }
            }

            @Override
            public double answer(int index) {
                if (checked == null) {
                    checked = p.checked(engine);
                }
                return checked[index];
            }

            @Override
            public String detail() {
                return "layers, NHWC, " + engine.backend();
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }

    private record Call(Tensor output, String detail, Runnable work) implements Candidate {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public double answer(int index) {
            return output.array()[output.offset() + index];
        }
    }
}
