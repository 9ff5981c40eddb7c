package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions that are put together from lines and exponentials. Comparisons and choices, not the minimum and maximum
 * of the vectors, which take five instructions each to treat NaN and zeros as Java does: a NaN compares false and stays.
 */
final class Piecewise {
    private static final float SELU_SCALE = 1.05070098735548f;
    static final float SELU_LEFT = (float) (1.0507009873554805 * 1.6732632423543772);
    private static final float SIXTH = 1f / 6f;

    private Piecewise() {}

    private static VectorMask<Float> positive(FloatVector x) {
        return x.compare(VectorOperators.GT, 0f);
    }

    /** Returns 1 where the mask is set, else 0. */
    private static FloatVector indicator(VectorMask<Float> mask) {
        return Simd.zero().blend(1f, mask);
    }

    /** Returns min(max(x, low), high). */
    static FloatVector clamp(FloatVector x, float low, float high) {
        return x.blend(low, x.compare(VectorOperators.LT, low)).blend(high, x.compare(VectorOperators.GT, high));
    }

    /** Returns 1 between the bounds, else 0: the derivative of the clamp. */
    static FloatVector clampFirst(FloatVector x, float low, float high) {
        return indicator(x.compare(VectorOperators.GT, low).and(x.compare(VectorOperators.LT, high)));
    }

    /** Returns max(x, 0). */
    static FloatVector relu(FloatVector x) {
        return x.blend(0f, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns 1 where x is positive, else 0: the derivative of the ReLU. */
    static FloatVector reluFirst(FloatVector x) {
        return indicator(positive(x));
    }

    /** Returns 1 where x is positive, else 0, and NaN for NaN. */
    static FloatVector step(FloatVector x) {
        return reluFirst(x).blend(x, x.compare(VectorOperators.NE, x));
    }

    /** Returns x where it is positive, else slope * x. */
    static FloatVector leakyRelu(FloatVector x, float slope) {
        return x.mul(slope).blend(x, positive(x));
    }

    /** Returns 1 where x is positive, else the slope. */
    static FloatVector leakyReluFirst(FloatVector x, float slope) {
        return FloatVector.broadcast(F, slope).blend(1f, positive(x));
    }

    /** Returns scale * x where x is positive, else left * (e^x - 1). */
    static FloatVector elu(FloatVector x, float scale, float left) {
        return Exp.minusOne(x).mul(left).blend(x.mul(scale), positive(x));
    }

    /** Returns scale where x is positive, else left * e^x: the derivative; with scale 0, the second one. */
    static FloatVector eluFirst(FloatVector x, float scale, float left) {
        return Exp.of(x).mul(left).blend(scale, positive(x));
    }

    static FloatVector selu(FloatVector x) {
        return elu(x, SELU_SCALE, SELU_LEFT);
    }

    static FloatVector seluFirst(FloatVector x) {
        return eluFirst(x, SELU_SCALE, SELU_LEFT);
    }

    static FloatVector seluSecond(FloatVector x) {
        return eluFirst(x, 0f, SELU_LEFT);
    }

    /** Returns clamp((x + 3) / 6, 0, 1). */
    static FloatVector hardSigmoid(FloatVector x) {
        return clamp(x.add(3f).mul(SIXTH), 0f, 1f);
    }

    static FloatVector hardSigmoidFirst(FloatVector x) {
        return Simd.zero().blend(SIXTH, x.abs().compare(VectorOperators.LT, 3f));
    }

    /** Returns x * hardSigmoid(x). */
    static FloatVector hardSwish(FloatVector x) {
        return x.blend(-3f, x.compare(VectorOperators.LT, -3f)).mul(hardSigmoid(x));
    }

    static FloatVector hardSwishFirst(FloatVector x) {
        FloatVector line = x.add(x).add(3f).mul(SIXTH);
        FloatVector right = indicator(x.compare(VectorOperators.GE, 3f));
        return right.blend(line, x.abs().compare(VectorOperators.LT, 3f));
    }

    static FloatVector hardSwishSecond(FloatVector x) {
        return Simd.zero().blend(2 * SIXTH, x.abs().compare(VectorOperators.LT, 3f));
    }
}
