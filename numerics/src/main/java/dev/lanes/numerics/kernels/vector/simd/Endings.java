package dev.lanes.numerics.kernels.vector.simd;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.Epilogue;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What {@link Epilogue#end} does, with vectors: to the same bits. */
public final class Endings {
    private Endings() {}

    /** Ends a block of outputs, described as for {@link Epilogue#end}. */
    public static void end(Epilogue epilogue, int rows, int columns, float[] c, int cAt, int ldc) {
        if (epilogue.residual() == null && !epilogue.clamps()) {
            return;
        }
        boolean gapless = columns == ldc;
        int count = gapless ? 1 : rows;
        int length = gapless ? rows * columns : columns;
        int whole = length - length % LANES;
        for (int i = 0; i < count && whole > 0; i++) {
            int at = cAt + i * ldc;
            if (epilogue.residual() != null) {
                add(whole, epilogue.residual(), at + epilogue.residualShift(), c, at);
            }
            if (epilogue.clamps()) {
                clamp(whole, epilogue.low(), epilogue.high(), c, at);
            }
        }
        if (whole < length) {
            epilogue.end(count, length - whole, c, cAt + whole, ldc);
        }
    }

    private static void add(int length, float[] residual, int from, float[] c, int at) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(F, c, at + i)
                    .add(FloatVector.fromArray(F, residual, from + i))
                    .intoArray(c, at + i);
        }
    }

    /**
     * Clamps as {@link Math#max} and {@link Math#min} do, at a third of the instructions that these take: a NaN passes no
     * comparison and stays. Of the zeros, a lower bound +0 and an upper bound -0 replace the other one, as those two do;
     * the other two bounds must not, so that they compare with the nearest number beyond zero.
     */
    private static void clamp(int length, float low, float high, float[] c, int at) {
        float below = Float.floatToRawIntBits(low) == Float.floatToRawIntBits(-0f) ? -Float.MIN_VALUE : low;
        float above = Float.floatToRawIntBits(high) == 0 ? Float.MIN_VALUE : high;
        FloatVector lowest = Simd.all(low);
        FloatVector highest = Simd.all(high);
        for (int i = 0; i < length; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, c, at + i);
            v = v.blend(lowest, v.compare(VectorOperators.LE, below));
            v = v.blend(highest, v.compare(VectorOperators.GE, above));
            v.intoArray(c, at + i);
        }
    }
}
