package dev.lanes.numerics.kernels.vector.elementwise;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bounds of floats kept by their bits, which below the sign are in order as integers: one instruction, where a comparison
 * and a choice are two, and wait longer, and the minimum of floats is five. A NaN gets lost, so the caller brings it back
 * with what it does with x itself.
 */
final class Bits {
    private Bits() {}

    /** Returns the smaller of x and a positive bound; the bound for a NaN without a sign. */
    static FloatVector atMost(FloatVector x, float bound) {
        return x.reinterpretAsInts()
                .lanewise(VectorOperators.MIN, Float.floatToRawIntBits(bound))
                .reinterpretAsFloats();
    }

    /** Returns the larger of x and a negative bound, below which are all integers without a sign but the larger sizes. */
    static FloatVector atLeast(FloatVector x, float bound) {
        return x.reinterpretAsInts()
                .lanewise(VectorOperators.UMIN, Float.floatToRawIntBits(bound))
                .reinterpretAsFloats();
    }
}
