package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The natural logarithm of float, our own, so that its bits are the same on every machine and at every width.
 *
 * <p>{@code log(2^k (1 + f)) = k ln 2 + f - f^2 / 2 + f^3 p(f)} with {@code 1 + f} between the roots of 1/2 and 2 and a
 * minimax polynomial p of degree 8, fitted for this file. The large part, {@code k ln 2 + f}, is kept with its rounding
 * error, so that only the last addition rounds.
 *
 * <p>Error: at most 0.85 ulp, measured over all floats.
 */
final class Log {
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    static final int ROOT_HALF_BITS = Float.floatToRawIntBits(0.70710677f);
    private static final int MANTISSA_BITS = 23;
    /** A float of these bits plus a small integer is ROUND plus that integer. */
    static final int ROUND_BITS = Float.floatToRawIntBits(12582912f);

    private static final float ROUND = 12582912f;

    private Log() {}

    /** Returns log(x) of every lane: minus infinity for 0, NaN below it and for NaN. */
    static FloatVector of(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector normal = x.blend(x.mul(0x1p23f), subnormal);
        IntVector bits = normal.reinterpretAsInts();
        IntVector k = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        FloatVector f = bits.sub(k.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector exponent = k.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        exponent = exponent.blend(exponent.sub(23f), subnormal);
        FloatVector y = FloatVector.broadcast(F, Float.NaN).blend(sum(exponent, f), x.compare(VectorOperators.GT, 0f));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        return y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    }

    /** Returns log(1 + u) of every lane, for u from 0 to 1. */
    static FloatVector onePlus(FloatVector u) {
        VectorMask<Float> large = u.compare(VectorOperators.GT, 0.41421354f);
        FloatVector f = u.blend(u.sub(1f).mul(0.5f), large);
        return sum(Simd.zero().blend(1f, large), f);
    }

    private static FloatVector sum(FloatVector k, FloatVector f) {
        FloatVector p = FloatVector.broadcast(F, 0.0674919f);
        p = p.fma(f, FloatVector.broadcast(F, -0.11670025f));
        p = p.fma(f, FloatVector.broadcast(F, 0.118835375f));
        p = p.fma(f, FloatVector.broadcast(F, -0.1240624f));
        p = p.fma(f, FloatVector.broadcast(F, 0.1422036f));
        p = p.fma(f, FloatVector.broadcast(F, -0.16667989f));
        p = p.fma(f, FloatVector.broadcast(F, 0.20002072f));
        p = p.fma(f, FloatVector.broadcast(F, -0.2500001f));
        p = p.fma(f, FloatVector.broadcast(F, 0.33333313f));
        FloatVector high = k.mul(LN2_HIGH);
        FloatVector large = high.add(f);
        FloatVector error = f.sub(large.sub(high));
        FloatVector square = f.mul(f);
        FloatVector small = k.fma(FloatVector.broadcast(F, LN2_LOW), error);
        small = square.fma(FloatVector.broadcast(F, -0.5f), small);
        return large.add(p.fma(square.mul(f), small));
    }
}
