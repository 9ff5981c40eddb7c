package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Softmax along an axis, {@code y = exp(x) / sum of exp(x)}, or its logarithm, {@code y = x - log(sum of exp(x))}, both
 * without overflow. To train a classifier take {@link SoftmaxCrossEntropyOp}, which has the loss with it.
 *
 * <p>With p the softmax and the sums along the axis: {@code dx = p (dy - sum of p dy)}, of the logarithm {@code dx = dy -
 * p * sum of dy}. <b>Shapes</b>: x and y alike, one axis or more.
 */
public final class SoftmaxOp implements Op {
    private final int axis;
    private final boolean isLog;

    private SoftmaxOp(int axis, boolean isLog) {
        this.axis = axis;
        this.isLog = isLog;
    }

    /** Returns the softmax along an axis, counted from 0, or from -1 for the last axis backwards. */
    public static SoftmaxOp softmax(int axis) {
        return new SoftmaxOp(axis, false);
    }

    /** Returns the logarithm of softmax along an axis, counted as for {@link #softmax}. */
    public static SoftmaxOp logSoftmax(int axis) {
        return new SoftmaxOp(axis, true);
    }

    @Override
    public String name() {
        return isLog ? "logSoftmax" : "softmax";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        OpChecks.axis(name(), axis, inputs.getFirst());
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        if (isLog) {
            e.engine().rows().logSoftmax(e.input(0), along(e), e.output());
        } else {
            e.engine().rows().softmax(e.input(0), along(e), e.output());
        }
    }

    private int along(Evaluation e) {
        return OpChecks.axis(name(), axis, e.input(0).shape());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        if (isLog) {
            e.engine().rows().logSoftmaxBackward(e.output(), dOut, along(e), into.target(0));
        } else {
            e.engine().rows().softmaxBackward(e.output(), dOut, along(e), into.target(0));
        }
    }

    /** {@code dy = p (v - sum of p v)}, the Jacobian being symmetric; of the logarithm without the factor p. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Lines lines = new Lines(e);
        for (int line = 0; line < lines.count; line++) {
            double[] p = lines.probabilities(line);
            double[] v = lines.read(in.get(0), line);
            lines.write(dOut, line, isLog ? away(p, v) : times(p, away(p, v)));
        }
    }

    /** With {@code p' = p (v - sum of p v)}: {@code p' (u - sum of p u) - p sum of p' u}, or {@code -p' sum of u}. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        Tensor dx = into.target(0);
        Lines lines = new Lines(e);
        for (int line = 0; line < lines.count; line++) {
            double[] p = lines.probabilities(line);
            double[] u = lines.read(dOut, line);
            double[] change = times(p, away(p, lines.read(in.get(0), line)));
            double[] dxChange;
            if (isLog) {
                double sum = 0;
                for (double value : u) {
                    sum += value;
                }
                dxChange = change;
                for (int i = 0; i < p.length; i++) {
                    dxChange[i] *= -sum;
                }
            } else {
                dxChange = times(change, away(p, u));
                double along = dot(change, u);
                for (int i = 0; i < p.length; i++) {
                    dxChange[i] -= p[i] * along;
                }
            }
            lines.write(dx, line, dxChange);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Returns {@code v - sum of p v}. */
    private static double[] away(double[] p, double[] v) {
        double mean = dot(p, v);
        double[] away = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            away[i] = v[i] - mean;
        }
        return away;
    }

    private static double[] times(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            products[i] = a[i] * b[i];
        }
        return products;
    }

    /** The lines along the axis. */
    private final class Lines {
        private final Tensor y;
        private final int length;
        private final int stride;
        private final int count;

        Lines(Evaluation e) {
            y = e.output();
            Shape shape = y.shape();
            int along = along(e);
            int behind = 1;
            for (int i = along + 1; i < shape.rank(); i++) {
                behind *= shape.dim(i);
            }
            length = shape.dim(along);
            stride = behind;
            count = shape.elements() == 0 ? 0 : shape.elements() / length;
        }

        private int at(Tensor t, int line, int i) {
            return t.offset() + (line / stride * length + i) * stride + line % stride;
        }

        double[] read(Tensor t, int line) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = t.array()[at(t, line, i)];
            }
            return values;
        }

        double[] probabilities(int line) {
            double[] p = read(y, line);
            for (int i = 0; isLog && i < length; i++) {
                p[i] = Math.exp(p[i]);
            }
            return p;
        }

        void write(Tensor t, int line, double[] values) {
            for (int i = 0; i < length; i++) {
                t.array()[at(t, line, i)] = (float) values[i];
            }
        }
    }

    /** Returns the axis, as in {@code softmax along -1}. */
    @Override
    public String toString() {
        return name() + " along " + axis;
    }
}
