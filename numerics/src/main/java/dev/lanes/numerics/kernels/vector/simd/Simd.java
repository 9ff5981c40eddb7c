package dev.lanes.numerics.kernels.vector.simd;

import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one place that decides how wide the vectors are: {@code -Dlanes.vectorBits} or else the widest that the processor
 * has, up to 512. The species are constants of the compiler; a species passed as a parameter costs a factor of 50 once
 * two widths have been seen.
 */
public final class Simd {
    /** The shape of every vector. */
    public static final VectorShape SHAPE = shape();
    /** Vectors of float. */
    public static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    /** Vectors of int, as many lanes as {@link #F}. */
    public static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    /** Vectors of double, half as many lanes as {@link #F}. */
    public static final VectorSpecies<Double> D = VectorSpecies.of(double.class, SHAPE);
    /** The number of floats in a vector. */
    public static final int LANES = F.length();
    /** The number of doubles in a vector. */
    public static final int DOUBLES = D.length();
    /** Whether a mask is made in a register. Without such registers it becomes an array of booleans at every call. */
    public static final boolean MASKS = LANES == 16;

    /** Masks that are there already: one that is made in a loop's method became an object in some JVMs. */
    private static final List<VectorMask<Float>> FIRST =
            IntStream.rangeClosed(0, LANES).mapToObj(n -> F.indexInRange(0, n)).toList();

    private Simd() {}

    /** Returns the mask of the first lanes, all of them at most, none for a negative number. */
    public static VectorMask<Float> first(int lanes) {
        return FIRST.get(Math.clamp(lanes, 0, LANES));
    }

    /** Returns how many of {@code count} vectors that are {@code step} apart can be read, the first of them at {@code at}. */
    public static int within(int length, int count, int at, int step) {
        int room = length - LANES - at;
        return (count - 1) * step <= room ? count : room < 0 ? 0 : room / step + 1;
    }

    private static VectorShape shape() {
        int bits = Integer.getInteger("lanes.vectorBits", Math.min(512, widestBits()));
        return VectorShape.forBitSize(bits);
    }

    public static int widestBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    public static FloatVector all(float value) {
        return FloatVector.broadcast(F, value);
    }

    public static FloatVector zero() {
        return FloatVector.zero(F);
    }
}
