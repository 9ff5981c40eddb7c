package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The error function of float and the GELU, our own, so that their bits are the same on every machine and at every width.
 *
 * <p>Below 1, {@code erf(x) = x + x p(x^2)}; above, {@code 1 - exp(-s(x))}, with minimax polynomials p of degree 6 and s
 * of degree 7. The GELU is {@code x / 2 + x^2 p(x^2)} below 1, and above it {@code x T(-x)} for negative x and
 * {@code x - x T(x)} for positive, where T(z), the probability that a standard normal variable is above z, is
 * {@code exp(-z^2 / 2) w(z)}; w is 1 / (z + 3.75) times a polynomial of degree 8 in (z - 3.75) / (z + 3.75). So it has
 * its digits in its far left, too, where {@code 1 + erf} has none. All polynomials were fitted for this file.
 */
final class Erf {
    private static final float TWO_BY_ROOT_PI = 1.1283791671f;
    private static final float DENSITY_AT_0 = 0.3989422804f;
    private static final float MIDDLE = 3.75f;

    private Erf() {}

    /** Returns erf(x) of every lane; NaN for NaN. */
    static FloatVector of(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = x.mul(x);
        FloatVector p = FloatVector.broadcast(F, 7.806904e-05f);
        p = p.fma(square, FloatVector.broadcast(F, -0.0007997853f));
        p = p.fma(square, FloatVector.broadcast(F, 0.005187162f));
        p = p.fma(square, FloatVector.broadcast(F, -0.026853347f));
        p = p.fma(square, FloatVector.broadcast(F, 0.11283579f));
        p = p.fma(square, FloatVector.broadcast(F, -0.37612626f));
        p = p.fma(square, FloatVector.broadcast(F, 0.12837917f));
        FloatVector near = p.fma(x, x);
        FloatVector t = size.blend(4f, size.compare(VectorOperators.GT, 4f));
        FloatVector s = FloatVector.broadcast(F, 2.168315404560417e-05f);
        s = s.fma(t, FloatVector.broadcast(F, -0.00044130036258138716f));
        s = s.fma(t, FloatVector.broadcast(F, 0.004204416647553444f));
        s = s.fma(t, FloatVector.broadcast(F, -0.025207946076989174f));
        s = s.fma(t, FloatVector.broadcast(F, 0.10841820389032364f));
        s = s.fma(t, FloatVector.broadcast(F, 0.6332201361656189f));
        s = s.fma(t, FloatVector.broadcast(F, 1.1295783519744873f));
        s = s.fma(t, FloatVector.broadcast(F, -0.00018803533748723567f));
        FloatVector y = FloatVector.broadcast(F, 1f).sub(Exp.of(s.neg()));
        y = y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
        return y.blend(near, size.compare(VectorOperators.LT, 1f));
    }

    /** Returns 2 / sqrt(pi) exp(-x^2), the derivative. */
    static FloatVector first(FloatVector x) {
        return bell(FloatVector.broadcast(F, TWO_BY_ROOT_PI), bounded(x, 11f), 1f);
    }

    /** Returns -4 / sqrt(pi) x exp(-x^2), the second derivative. */
    static FloatVector second(FloatVector x) {
        FloatVector near = bounded(x, 11f);
        return bell(near.mul(-2 * TWO_BY_ROOT_PI), near, 1f);
    }

    /** Returns x times the probability that a standard normal variable is below x, of every lane; NaN for NaN. */
    static FloatVector gelu(FloatVector x) {
        FloatVector bounded = bounded(x, 15f);
        FloatVector product = bell(ratio(bounded.abs()).mul(bounded), bounded, 0.5f);
        FloatVector far = x.sub(product).blend(product, x.compare(VectorOperators.LT, 0f));
        FloatVector square = bounded.mul(bounded);
        FloatVector p = FloatVector.broadcast(F, -8.169563443516381e-06f);
        p = p.fma(square, FloatVector.broadcast(F, 0.00011501883273012936f));
        p = p.fma(square, FloatVector.broadcast(F, -0.0011880199890583754f));
        p = p.fma(square, FloatVector.broadcast(F, 0.0099741630256176f));
        p = p.fma(square, FloatVector.broadcast(F, -0.066490538418293f));
        p = p.fma(square, FloatVector.broadcast(F, 0.3989422917366028f));
        FloatVector near = p.fma(x, FloatVector.broadcast(F, 0.5f)).mul(x);
        return far.blend(near, bounded.abs().compare(VectorOperators.LT, 1f));
    }

    /** Returns the derivative of the GELU, the probability plus x times the density. */
    static FloatVector geluFirst(FloatVector x) {
        FloatVector near = bounded(x, 15f);
        FloatVector ratio = ratio(near.abs());
        FloatVector outer = bell(near.abs().fma(FloatVector.broadcast(F, -DENSITY_AT_0), ratio), near, 0.5f);
        return FloatVector.broadcast(F, 1f).sub(outer).blend(outer, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the second derivative of the GELU, the density times 2 - x^2. */
    static FloatVector geluSecond(FloatVector x) {
        FloatVector near = bounded(x, 15f);
        FloatVector two = FloatVector.broadcast(F, 2f);
        return bell(near.neg().fma(near, two).mul(DENSITY_AT_0), near, 0.5f);
    }

    /** Returns factor * exp(-scale x^2), with a square of double length; the scale is a power of 2. */
    private static FloatVector bell(FloatVector factor, FloatVector x, float scale) {
        FloatVector square = x.mul(x);
        FloatVector low = x.fma(x, square.neg());
        return Exp.product(factor, square.mul(-scale), low.mul(-scale));
    }

    /** Returns the probability that a standard normal variable is above z, divided by exp(-z^2 / 2). */
    private static FloatVector ratio(FloatVector z) {
        FloatVector inverse = FloatVector.broadcast(F, 1f).div(z.add(MIDDLE));
        FloatVector u = z.sub(MIDDLE).mul(inverse);
        FloatVector w = FloatVector.broadcast(F, 0.0004510362632572651f);
        w = w.fma(u, FloatVector.broadcast(F, 0.0005185981281101704f));
        w = w.fma(u, FloatVector.broadcast(F, -0.0041751316748559475f));
        w = w.fma(u, FloatVector.broadcast(F, 0.0011923464480787516f));
        w = w.fma(u, FloatVector.broadcast(F, 0.0374944694340229f));
        w = w.fma(u, FloatVector.broadcast(F, -0.1515188366174698f));
        w = w.fma(u, FloatVector.broadcast(F, 0.35293927788734436f));
        w = w.fma(u, FloatVector.broadcast(F, -0.5881884098052979f));
        w = w.fma(u, FloatVector.broadcast(F, 0.7502940893173218f));
        return w.mul(inverse);
    }

    private static FloatVector bounded(FloatVector x, float bound) {
        return x.blend(bound, x.compare(VectorOperators.GT, bound))
                .blend(-bound, x.compare(VectorOperators.LT, -bound));
    }
}
