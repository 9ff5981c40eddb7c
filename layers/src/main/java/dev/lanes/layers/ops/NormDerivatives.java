package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.NormGeometry;

/**
 * The directional derivatives of a normalisation, in double. With {@code h = (x - mean) * inverse}, m the mean over what
 * shares statistics, and v the tangent of x, h changes by
 *
 * <pre>{@code
 * h' = inverse * (v - m(v) - h * m(h * v))
 * }</pre>
 *
 * <p>and inverse by {@code -inverse^2 * m(h * v)}.
 */
final class NormDerivatives {
    private final NormGeometry g;
    private final Tensor scale;
    private final Tensor inverse;
    private final double[] h;

    NormDerivatives(NormGeometry g, Tensor x, Tensor scale, Tensor mean, Tensor inverse) {
        this.g = g;
        this.scale = scale;
        this.inverse = inverse;
        h = new double[g.elements()];
        for (int i = 0; i < h.length; i++) {
            h[i] = (at(x, i) - at(mean, group(i))) * at(inverse, group(i));
        }
    }

    /** {@code y' = h' * scale + h * scale' + shift'}. */
    void jvp(InputTangents in, Tensor dOut) {
        double[] change = in.has(0) ? hChange(values(in.get(0))) : new double[h.length];
        for (int i = 0; i < h.length; i++) {
            int c = i % g.columns();
            double dy = change[i] * at(scale, c);
            dy += in.has(1) ? h[i] * at(in.get(1), c) : 0;
            dy += in.has(2) ? at(in.get(2), c) : 0;
            put(dOut, i, dy);
        }
    }

    /** How {@code dx = inverse * (w - m(w) - h m(w h))}, {@code w = scale dy}, and dScale change. */
    void hvp(InputTangents in, Tensor dOut, Cotangents into) {
        if (!in.has(0) && !in.has(1)) {
            return; // shift does not occur in any gradient
        }
        double[] v = in.has(0) ? values(in.get(0)) : new double[h.length];
        double[] change = hChange(v);
        if (into.wants(0)) {
            double[] w = new double[h.length];
            double[] wChange = new double[h.length];
            for (int i = 0; i < h.length; i++) {
                int c = i % g.columns();
                w[i] = at(scale, c) * at(dOut, i);
                wChange[i] = in.has(1) ? at(in.get(1), c) * at(dOut, i) : 0;
            }
            double[] along = means(h, v);
            double[] mw = means(w, null);
            double[] mwh = means(w, h);
            double[] mwChange = means(wChange, null);
            double[] mwhChange = means(wChange, h);
            double[] second = means(w, change);
            Tensor dx = into.target(0);
            for (int i = 0; i < h.length; i++) {
                int s = group(i);
                double by = at(inverse, s);
                double inner = w[i] - mw[s] - h[i] * mwh[s];
                double innerChange = wChange[i] - mwChange[s] - change[i] * mwh[s] - h[i] * (mwhChange[s] + second[s]);
                put(dx, i, by * innerChange - by * by * along[s] * inner);
            }
        }
        if (into.wants(1)) {
            double[] sums = new double[g.columns()];
            for (int i = 0; i < h.length; i++) {
                sums[i % g.columns()] += at(dOut, i) * change[i];
            }
            Tensor dScale = into.target(1);
            for (int c = 0; c < sums.length; c++) {
                put(dScale, c, sums[c]);
            }
        }
    }

    private double[] hChange(double[] v) {
        double[] mv = means(v, null);
        double[] along = means(h, v);
        double[] change = new double[h.length];
        for (int i = 0; i < h.length; i++) {
            int s = group(i);
            change[i] = at(inverse, s) * (v[i] - mv[s] - h[i] * along[s]);
        }
        return change;
    }

    /** Returns the mean of the products over each group; b may be null for ones. */
    private double[] means(double[] a, double[] b) {
        double[] means = new double[g.statistics()];
        for (int i = 0; i < a.length; i++) {
            means[group(i)] += a[i] * (b == null ? 1 : b[i]);
        }
        for (int s = 0; s < means.length; s++) {
            means[s] /= g.count();
        }
        return means;
    }

    private int group(int i) {
        return i / (g.rows() * g.columns()) * g.groups() + i % g.columns() / g.groupColumns();
    }

    private static double[] values(Tensor t) {
        double[] values = new double[t.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(t, i);
        }
        return values;
    }

    private static double at(Tensor t, int i) {
        return t.array()[t.offset() + i];
    }

    private static void put(Tensor t, int i, double value) {
        t.array()[t.offset() + i] = (float) value;
    }
}
