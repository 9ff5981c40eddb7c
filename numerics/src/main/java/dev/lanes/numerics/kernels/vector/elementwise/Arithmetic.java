package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The arithmetic of single elements; {@link LaneLoop} makes loops of it. */
public final class Arithmetic {
    private Arithmetic() {}

    static FloatVector add(FloatVector a, FloatVector b) {
        return a.add(b);
    }

    static FloatVector subtract(FloatVector a, FloatVector b) {
        return a.sub(b);
    }

    static FloatVector multiply(FloatVector a, FloatVector b) {
        return a.mul(b);
    }

    static FloatVector divide(FloatVector a, FloatVector b) {
        return a.div(b);
    }

    static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
        return a.fma(b, c);
    }

    /** Returns b where a is positive, else 0; where a is a NaN it is 0. */
    static FloatVector where(FloatVector a, FloatVector b) {
        return Simd.zero().blend(b, a.compare(VectorOperators.GT, 0f));
    }

    /** Returns alpha * x. */
    static FloatVector scale(FloatVector x, float alpha) {
        return x.mul(alpha);
    }

    /** Returns fma(alpha, x, beta * y). */
    static FloatVector combine(FloatVector x, FloatVector y, float alpha, float beta) {
        return x.fma(FloatVector.broadcast(F, alpha), y.mul(beta));
    }

    /** Returns the larger of both; NaN where one of them is. */
    static FloatVector larger(FloatVector a, FloatVector b) {
        return a.max(b);
    }

    /** Returns sum + (x - mean)^2. */
    static FloatVector addSquare(FloatVector x, FloatVector sum, FloatVector mean) {
        FloatVector difference = x.sub(mean);
        return difference.fma(difference, sum);
    }

    /** Returns (x - mean)^2. */
    static FloatVector square(FloatVector x, float mean) {
        FloatVector difference = x.sub(mean);
        return difference.mul(difference);
    }

    /** Returns x / count. */
    static FloatVector divideBy(FloatVector x, float count) {
        return x.div(count);
    }
}
