package dev.lanes.layers.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeededRandomTest {
    /** The published outputs of SplitMix64 for this seed. */
    @Test
    void should_give_the_published_numbers() {
        SeededRandom random = new SeededRandom(1234567);
        assertEquals(6457827717110365317L, random.nextLong());
        assertEquals(3203168211198807973L, random.nextLong());
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.nextLong());
        assertEquals(4593380528125082431L, random.nextLong());
        assertEquals(Long.parseUnsignedLong("16408922859458223821"), random.nextLong());
    }

    @Test
    void should_go_on_from_its_state() {
        SeededRandom random = new SeededRandom(3);
        random.nextGaussian();
        SeededRandom resumed = new SeededRandom(random.state());
        for (int i = 0; i < 10; i++) {
            assertEquals(random.nextGaussian(), resumed.nextGaussian());
        }
    }

    @Test
    void should_give_each_purpose_numbers_of_its_own() {
        assertEquals(SeededRandom.of(1, 2).nextLong(), SeededRandom.of(1, 2).nextLong());
        assertNotEquals(SeededRandom.of(1, 2).nextLong(), SeededRandom.of(1, 3).nextLong());
        assertNotEquals(SeededRandom.of(1, 2).nextLong(), SeededRandom.of(2, 2).nextLong());
        assertNotEquals(new SeededRandom(1).nextLong(), SeededRandom.of(1, 0).nextLong());
    }

    /**
     * The k-th moment of n normal values misses its expectation by about {@code sqrt(variance of z^k / n)}; the
     * variances of z, z^2, z^3 and z^4 are 1, 2, 15 and 96. Five times that is allowed.
     */
    @Test
    void should_have_the_moments_of_the_normal_distribution() {
        int n = 200_000;
        SeededRandom random = new SeededRandom(5);
        double[] moments = new double[4];
        for (int i = 0; i < n; i++) {
            double z = random.nextGaussian();
            double power = 1;
            for (int k = 0; k < 4; k++) {
                power *= z;
                moments[k] += power / n;
            }
        }
        double[] expected = {0, 1, 0, 3};
        double[] variances = {1, 2, 15, 96};
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], moments[k], 5 * Math.sqrt(variances[k] / n), "moment " + (k + 1));
        }
    }

    @Test
    void should_stay_below_one() {
        SeededRandom random = new SeededRandom(6);
        for (int i = 0; i < 10_000; i++) {
            double u = random.nextDouble();
            assertTrue(u >= 0 && u < 1);
        }
    }
}
