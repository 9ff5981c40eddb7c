package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The error function of float and the GELU, our own, so that their bits are the same on every machine and at every width.
 *
 * <p>Below 1, {@code erf(x) = x + x p(x^2)}; above, {@code 1 - exp(-x - r(x))}, with minimax polynomials p of degree 6 and
 * r of degree 7. The GELU is {@code x / 2 + x^2 p(x^2)} below 1, and above it {@code x T(-x)} for negative x and
 * {@code x - x T(x)} for positive, where T(z), the probability that a standard normal variable is above z, is
 * {@code exp(-z^2 / 2) w(z)}; w is 1 / (z + 3.75) times a polynomial of degree 8 in (z - 3.75) / (z + 3.75). So it has
 * its digits in its far left, too, where {@code 1 + erf} has none. All polynomials were fitted for this file.
 *
 * <p>Error, measured over all floats: the error function at most 0.99 ulp; the GELU at most 5.3, near -1.3.
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
        FloatVector r = FloatVector.broadcast(F, 2.1683154e-05f);
        r = r.fma(t, FloatVector.broadcast(F, -0.00044130036f));
        r = r.fma(t, FloatVector.broadcast(F, 0.0042044166f));
        r = r.fma(t, FloatVector.broadcast(F, -0.025207946f));
        r = r.fma(t, FloatVector.broadcast(F, 0.108418204f));
        r = r.fma(t, FloatVector.broadcast(F, 0.63322014f));
        r = r.fma(t, FloatVector.broadcast(F, 0.12957835f));
        r = r.fma(t, FloatVector.broadcast(F, -0.00018803534f));
        FloatVector s = t.add(r); // and what this rounds away
        FloatVector back = s.sub(t);
        FloatVector low = t.sub(s.sub(back)).add(r.sub(back));
        FloatVector one = FloatVector.broadcast(F, 1f);
        FloatVector y = one.sub(Exp.product(one, s.neg(), low.neg()));
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
        FloatVector p = FloatVector.broadcast(F, -8.169563e-06f);
        p = p.fma(square, FloatVector.broadcast(F, 0.00011501883f));
        p = p.fma(square, FloatVector.broadcast(F, -0.00118802f));
        p = p.fma(square, FloatVector.broadcast(F, 0.009974163f));
        p = p.fma(square, FloatVector.broadcast(F, -0.06649054f));
        p = p.fma(square, FloatVector.broadcast(F, 0.3989423f));
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
        FloatVector w = FloatVector.broadcast(F, 0.00045103626f);
        w = w.fma(u, FloatVector.broadcast(F, 0.0005185981f));
        w = w.fma(u, FloatVector.broadcast(F, -0.0041751317f));
        w = w.fma(u, FloatVector.broadcast(F, 0.0011923464f));
        w = w.fma(u, FloatVector.broadcast(F, 0.03749447f));
        w = w.fma(u, FloatVector.broadcast(F, -0.15151884f));
        w = w.fma(u, FloatVector.broadcast(F, 0.35293928f));
        w = w.fma(u, FloatVector.broadcast(F, -0.5881884f));
        w = w.fma(u, FloatVector.broadcast(F, 0.7502941f));
        return w.mul(inverse);
    }

    private static FloatVector bounded(FloatVector x, float bound) {
        return x.blend(bound, x.compare(VectorOperators.GT, bound))
                .blend(-bound, x.compare(VectorOperators.LT, -bound));
    }
}
