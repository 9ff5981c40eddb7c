package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The error function of float and the GELU, our own, so that their bits are the same on every machine and at every width.
 *
 * <p>Below 1, {@code erf(x) = x + x p(x^2)}; above, {@code 1 - exp(-x - r(x))}, with minimax polynomials p of degree 6 and
 * r of degree 7. The GELU is {@code x T(-x)} for negative x and {@code x - x T(x)} for positive, where T(z), the
 * probability that a standard normal variable is above z, is {@code exp(-z^2 / 2) w(z)}; w is a quotient of polynomials of
 * degrees 4 and 5. So it has its digits in its far left, too, where {@code 1 + erf} has none. All polynomials were fitted
 * for this file.
 *
 * <p>Error, measured over all floats: the error function at most 0.99 ulp; the GELU at most 4.7, near -6.7.
 */
final class Erf {
    private static final float TWO_BY_ROOT_PI = 1.1283791671f;
    private static final float DENSITY_AT_0 = 0.3989422804f;
    /** Where the probability has vanished, for all of its product with x that a float can tell from 0. */
    private static final float GONE = 15f;

    private static final int RAISED = 64;

    private static final float LOWERED = 0x1p-64f;

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
        FloatVector z = Bits.atMost(x.abs(), GONE);
        FloatVector square = z.mul(z);
        float round = Exp.ROUND + Exp.BIAS + RAISED;
        FloatVector rounded = square.fma(FloatVector.broadcast(F, -0.5f * Exp.LOG2_E), FloatVector.broadcast(F, round));
        FloatVector n = rounded.sub(round);
        FloatVector r = z.fma(z.mul(-0.5f), n.mul(-Exp.LN2_HIGH)); // rounds the small difference, not the square
        FloatVector t = Exp.tail(n.fma(FloatVector.broadcast(F, -Exp.LN2_LOW), r));
        FloatVector ratio = rising(z, square).fma(square, z.mul(0.5f)).div(denominator(z, square));
        FloatVector product = ratio.mul(Exp.power(rounded.reinterpretAsInts()));
        FloatVector outer = t.fma(product, product);
        FloatVector positive = x.blend(-0f, x.compare(VectorOperators.LT, 0f));
        return outer.fma(FloatVector.broadcast(F, -LOWERED), positive);
    }

    /** Returns the derivative of the GELU, the probability plus x times the density. */
    static FloatVector geluFirst(FloatVector x) {
        FloatVector near = bounded(x, GONE);
        FloatVector ratio = ratio(near.abs());
        FloatVector outer = bell(near.abs().fma(FloatVector.broadcast(F, -DENSITY_AT_0), ratio), near, 0.5f);
        return FloatVector.broadcast(F, 1f).sub(outer).blend(outer, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the second derivative of the GELU, the density times 2 - x^2. */
    static FloatVector geluSecond(FloatVector x) {
        FloatVector near = bounded(x, GONE);
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
        FloatVector square = z.mul(z);
        return rising(z, square).fma(z, FloatVector.broadcast(F, 0.5f)).div(denominator(z, square));
    }

    /** Returns what the numerator is above 1/2, divided by z. */
    private static FloatVector rising(FloatVector z, FloatVector square) {
        FloatVector low = z.fma(FloatVector.broadcast(F, 0.183234707f), FloatVector.broadcast(F, 0.438294411f));
        FloatVector high = z.fma(FloatVector.broadcast(F, 0.00411628606f), FloatVector.broadcast(F, 0.0406330749f));
        return high.fma(square, low);
    }

    private static FloatVector denominator(FloatVector z, FloatVector square) {
        FloatVector low = z.fma(FloatVector.broadcast(F, 1.67447376f), FloatVector.broadcast(F, 1f));
        FloatVector middle = z.fma(FloatVector.broadcast(F, 0.469469488f), FloatVector.broadcast(F, 1.20250142f));
        FloatVector high = z.fma(FloatVector.broadcast(F, 0.0103178788f), FloatVector.broadcast(F, 0.101858467f));
        return high.fma(square, middle).fma(square, low);
    }

    private static FloatVector bounded(FloatVector x, float bound) {
        return x.blend(bound, x.compare(VectorOperators.GT, bound))
                .blend(-bound, x.compare(VectorOperators.LT, -bound));
    }
}
