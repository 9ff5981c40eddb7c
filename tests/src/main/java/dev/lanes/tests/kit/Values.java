package dev.lanes.tests.kit;

import java.util.random.RandomGenerator;

/**
 * Random operands of several characters: what hides in the rounding of one magnitude shows in another.
 *
 * <p>One instance serves one run of one case, from a fresh {@link Seed#random}; the same calls give the same values.
 */
public final class Values {
    private static final float[] SPECIALS = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    private final RandomGenerator random;

    /** Makes operands from the given random numbers. */
    public Values(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns finite values of a character that is itself random: of one magnitude (around 1, 1e4 or 1e-4, or so small
     * that products are subnormal), of mixed magnitudes, half of them zero, or exact powers of two.
     */
    public float[] any(int length) {
        int character = random.nextInt(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            float uniform = 2 * random.nextFloat() - 1;
            values[i] = switch (character) {
                case 0 -> uniform;
                case 1 -> uniform * 1e4f;
                case 2 -> uniform * 1e-4f;
                case 3 -> Math.scalb(uniform, -68);
                case 4 -> Math.scalb(uniform, random.nextInt(-12, 13));
                case 5 -> random.nextBoolean() ? uniform : Math.copySign(0f, uniform);
                default -> Math.copySign(Math.scalb(1f, random.nextInt(-3, 4)), uniform);
            };
        }
        return values;
    }

    /** As {@link #any}, in double precision, and with magnitudes that only doubles have. */
    public double[] anyDouble(int length) {
        int character = random.nextInt(5);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            double uniform = 2 * random.nextDouble() - 1;
            values[i] = switch (character) {
                case 0 -> uniform;
                case 1 -> uniform * 1e100;
                case 2 -> Math.scalb(uniform, -530);
                case 3 -> Math.scalb(uniform, random.nextInt(-12, 13));
                default -> random.nextBoolean() ? uniform : Math.copySign(0, uniform);
            };
        }
        return values;
    }

    /** Returns values between -1 and 1. */
    public float[] ordinary(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** Returns small whole numbers, many of them equal. */
    public float[] ties(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(-2, 3);
        }
        return values;
    }

    /** Returns values of which every other one is a NaN, an infinity, a zero of either sign, or the last of its kind. */
    public float[] special(int length) {
        float[] values = ordinary(length);
        for (int i = 0; i < length; i++) {
            if (random.nextBoolean()) {
                values[i] = SPECIALS[random.nextInt(SPECIALS.length)];
            }
        }
        return values;
    }

    /** Returns one of the choices. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
