package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.LrnGeometry;
import java.util.List;
import java.util.function.Function;

/**
 * Local response normalisation across channels, {@code y = x * (k + alpha / size * sum of the squares of neighbouring
 * channels)^-beta}; {@link LrnGeometry} has the formula and which neighbours count. Alpha is divided by the size, as in
 * ONNX and PyTorch; Krizhevsky et al. (2012) do not divide it.
 *
 * <p><b>Shapes</b>: x and y {@code [..., channels]}. Beta of 1/2, 3/4 and 1 are fast.
 */
public final class LrnOp implements Op {
    private final int size;
    private final double alpha;
    private final double beta;
    private final double k;
    private final Function<List<Shape>, LrnGeometry> geometry = this::geometry;

    /**
     * Makes the op.
     *
     * @param size how many channels stand in a sum
     * @throws IllegalArgumentException if the size is below 1, alpha or beta negative, or k not above 0
     */
    public LrnOp(int size, double alpha, double beta, double k) {
        new LrnGeometry(0, 1, size, alpha, beta, k); // checks
        this.size = size;
        this.alpha = alpha;
        this.beta = beta;
        this.k = k;
    }

    @Override
    public String name() {
        return "lrn";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        geometry(inputs);
        return inputs.getFirst();
    }

    /**
     * Returns the geometry for an input of the given shape.
     *
     * @throws ShapeMismatchException if it does not fit
     */
    public LrnGeometry geometry(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        if (x.rank() < 2 || x.dim(-1) < 1) {
            throw new ShapeMismatchException(name(), "input is " + x + ", needs [batch, ..., channels]");
        }
        return new LrnGeometry(x.elements() / x.dim(-1), x.dim(-1), size, alpha, beta, k);
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().images().lrn(e.input(0), memo(e), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().images().lrnBackward(e.input(0), dOut, memo(e), into.target(0));
        }
    }

    private LrnGeometry memo(Evaluation e) {
        return e.memo(LrnGeometry.class, geometry);
    }

    /** {@code y' = v s^-beta - beta x s^(-beta - 1) s'}, in double, with {@code s' = 2 alpha / size * sum of x v}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        LrnGeometry g = memo(e);
        double[] x = new double[g.channels()];
        double[] v = new double[g.channels()];
        for (int r = 0; r < g.rows(); r++) {
            read(e.input(0), r, x);
            read(in.get(0), r, v);
            double[] s = sums(x, x, k);
            double[] change = sums(x, v, 0);
            for (int c = 0; c < x.length; c++) {
                double dy = v[c] * Math.pow(s[c], -beta) - beta * x[c] * Math.pow(s[c], -beta - 1) * 2 * change[c];
                dOut.array()[dOut.offset() + r * x.length + c] = (float) dy;
            }
        }
    }

    /** How {@code dx = u p - 2 beta alpha / size * x * sum of u x p / s} changes with x, where {@code p = s^-beta}. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        LrnGeometry g = memo(e);
        Tensor dx = into.target(0);
        int n = g.channels();
        double[] x = new double[n];
        double[] v = new double[n];
        double[] u = new double[n];
        double[] q = new double[n];
        double[] qChange = new double[n];
        double factor = 2 * beta * alpha / size;
        for (int r = 0; r < g.rows(); r++) {
            read(e.input(0), r, x);
            read(in.get(0), r, v);
            read(dOut, r, u);
            double[] s = sums(x, x, k);
            double[] half = sums(x, v, 0);
            for (int c = 0; c < n; c++) {
                double power = Math.pow(s[c], -beta - 1);
                q[c] = u[c] * x[c] * power;
                qChange[c] = u[c] * (v[c] * power - (beta + 1) * x[c] * power / s[c] * 2 * half[c]);
            }
            for (int c = 0; c < n; c++) {
                double direct = -beta * u[c] * Math.pow(s[c], -beta - 1) * 2 * half[c];
                double around = v[c] * turned(q, c) + x[c] * turned(qChange, c);
                dx.array()[dx.offset() + r * n + c] = (float) (direct - factor * around);
            }
        }
    }

    private static void read(Tensor t, int row, double[] into) {
        for (int c = 0; c < into.length; c++) {
            into[c] = t.array()[t.offset() + row * into.length + c];
        }
    }

    /** Returns {@code more + alpha / size * sum over the window of a * b}. */
    private double[] sums(double[] a, double[] b, double more) {
        double[] sums = new double[a.length];
        for (int c = 0; c < a.length; c++) {
            double sum = 0;
            for (int j = Math.max(0, c - (size - 1) / 2); j <= Math.min(a.length - 1, c + size / 2); j++) {
                sum += a[j] * b[j];
            }
            sums[c] = more + alpha / size * sum;
        }
        return sums;
    }

    /** Returns the sum over those whose window has c. */
    private double turned(double[] a, int c) {
        double sum = 0;
        for (int j = Math.max(0, c - size / 2); j <= Math.min(a.length - 1, c + (size - 1) / 2); j++) {
            sum += a[j];
        }
        return sum;
    }

    /** Returns the parameters, as in {@code lrn n5 alpha 1.0E-4 beta 0.75 k 2.0}. */
    @Override
    public String toString() {
        return name() + " n" + size + " alpha " + alpha + " beta " + beta + " k " + k;
    }
}
