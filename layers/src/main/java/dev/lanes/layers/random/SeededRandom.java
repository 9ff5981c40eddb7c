package dev.lanes.layers.random;

import java.util.random.RandomGenerator;

/**
 * A random generator whose numbers follow from its seed on every machine and JDK, because the algorithm stands here:
 * SplitMix64, a counter in steps of the golden ratio whose every value is scrambled.
 *
 * <p>The whole state is one number: {@code new SeededRandom(random.state())} goes on where {@code random} stands, which
 * is how an interrupted training resumes with the same bits. Not for secrets; for one thread.
 *
 * <pre>{@code
 * RandomGenerator random = new SeededRandom(42);
 * double u = random.nextDouble();   // uniform, 0 <= u < 1
 * double z = random.nextGaussian(); // normal, mean 0, variance 1
 * }</pre>
 */
public final class SeededRandom implements RandomGenerator {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long state;

    /** Makes a generator that starts from a seed, or from the {@link #state} of another. */
    public SeededRandom(long seed) {
        state = seed;
    }

    /**
     * Returns a generator for one purpose of several under the same seed, unrelated to those for the others.
     *
     * @param purpose a number of the caller's choosing
     */
    public static SeededRandom of(long seed, long purpose) {
        return new SeededRandom(scramble(scramble(seed) + purpose * GOLDEN_RATIO));
    }

    /** Makes this generator what {@link #of} would return, without a new object. */
    public void restart(long seed, long purpose) {
        state = scramble(scramble(seed) + purpose * GOLDEN_RATIO);
    }

    /** Returns what {@link #SeededRandom(long)} needs to go on from here. */
    public long state() {
        return state;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_RATIO;
        return scramble(state);
    }

    /** Returns a multiple of 2^-53, uniformly from 0 up to but not including 1. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /**
     * Returns a value of the normal distribution with mean 0 and variance 1, by Marsaglia's polar method: a random point
     * of the unit disc is stretched. Uses nothing whose last bit a JDK may choose.
     */
    @Override
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                return x * Math.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    private static long scramble(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
