package dev.lanes.layers.initialisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;

class InitialisersTest {
    private static final Shape CONV = Shape.of(3, 3, 24, 40); // fan-in 216, fan-out 360
    private static final Shape FC = Shape.of(100, 80);

    @Test
    void should_have_the_variance_that_the_fans_ask_for() {
        check(Initialisers.heNormal(), CONV, 2.0 / 216, 3);
        check(Initialisers.heNormal(), FC, 2.0 / 100, 3);
        check(Initialisers.heUniform(), CONV, 2.0 / 216, 1.8);
        check(Initialisers.heUniform(), FC, 2.0 / 100, 1.8);
        check(Initialisers.xavierNormal(), CONV, 2.0 / 576, 3);
        check(Initialisers.xavierNormal(), FC, 2.0 / 180, 3);
        check(Initialisers.xavierUniform(), CONV, 2.0 / 576, 1.8);
        check(Initialisers.xavierUniform(), FC, 2.0 / 180, 1.8);
    }

    /**
     * The mean of n values misses 0 by about {@code sqrt(variance / n)}, their mean square the variance by about {@code
     * variance sqrt((kurtosis - 1) / n)}, with kurtosis 3 (normal) or 1.8 (uniform). Five times that is allowed.
     */
    private static void check(Initialiser initialiser, Shape shape, double variance, double kurtosis) {
        Tensor w = Tensor.zeros(shape).fill(Float.NaN);
        initialiser.initialise(w, new SeededRandom(8));
        double mean = 0;
        double square = 0;
        double largest = 0;
        int n = w.elements();
        for (float value : w.toArray()) {
            mean += value / n;
            square += (double) value * value / n;
            largest = Math.max(largest, Math.abs(value));
        }
        assertEquals(0, mean, 5 * Math.sqrt(variance / n));
        assertEquals(variance, square, 5 * variance * Math.sqrt((kurtosis - 1) / n));
        double limit = Math.sqrt(3 * variance);
        assertEquals(kurtosis < 2, largest <= limit * (1 + 1e-6), "only the uniform distribution has a limit");
        assertTrue(largest > 0.99 * limit);
    }

    @Test
    void should_follow_from_the_seed_alone() {
        Tensor a = Tensor.zeros(FC);
        Tensor b = Tensor.zeros(FC);
        Initialisers.heNormal().initialise(a, new SeededRandom(1));
        Initialisers.heNormal().initialise(b, new SeededRandom(1));
        assertArrayEquals(a.array(), b.array());
        // Worked out independently of this code; a change would change every training.
        assertEquals(0x1.f187d4p-5f, a.get(0, 0), "first value was " + Float.toHexString(a.get(0, 0)));
        assertEquals(0x1.086838p-4f, a.get(0, 1), "second value was " + Float.toHexString(a.get(0, 1)));
    }

    @Test
    void should_write_within_a_window_only() {
        float[] array = new float[10];
        Initialisers.constant(2).initialise(Tensor.wrap(array, 3, Shape.of(2, 2)), new SeededRandom(1));
        assertArrayEquals(new float[] {0, 0, 0, 2, 2, 2, 2, 0, 0, 0}, array);
        Initialisers.zeros().initialise(Tensor.wrap(array, 4, Shape.of(2)), new SeededRandom(1));
        Initialisers.heUniform().initialise(Tensor.wrap(array, 8, Shape.of(1, 1)), new SeededRandom(1));
        assertArrayEquals(new float[] {0, 0, 0, 2, 0, 0, 2, 0, array[8], 0}, array);
        assertTrue(array[8] != 0);
    }

    @Test
    void should_need_to_know_the_number_of_inputs() {
        assertEquals(
                "initialise: weights are [10], needs [in, out] or [kH, kW, inC / groups, outC]; for a bias use zeros",
                assertThrows(
                                ShapeMismatchException.class,
                                () -> Initialisers.heNormal().initialise(Tensor.zeros(10), new SeededRandom(1)))
                        .getMessage());
    }

    /** Columns of a matrix taller than wide, rows of one wider than tall: products are 0, squares the gain's. */
    @Test
    void should_draw_orthogonal_vectors() {
        for (Shape shape : new Shape[] {Shape.of(7, 4), Shape.of(4, 7), Shape.of(3, 3, 2, 5), Shape.of(6, 6)}) {
            Tensor w = Tensor.zeros(shape);
            Initialisers.orthogonal(1.5).initialise(w, new SeededRandom(4));
            int columns = shape.dim(-1);
            int rows = w.elements() / columns;
            for (int a = 0; a < Math.min(rows, columns); a++) {
                for (int b = 0; b < Math.min(rows, columns); b++) {
                    double dot = 0;
                    for (int i = 0; i < Math.max(rows, columns); i++) {
                        dot += (double) w.array()[w.offset() + (columns <= rows ? i * columns + a : a * columns + i)]
                                * w.array()[w.offset() + (columns <= rows ? i * columns + b : b * columns + i)];
                    }
                    assertEquals(a == b ? 2.25 : 0, dot, 1e-6, shape + " " + a + " " + b);
                }
            }
        }
    }

    @Test
    void should_draw_with_the_asked_mean_and_deviation() {
        Tensor w = Tensor.zeros(100, 200);
        Initialisers.normal(3, 0.5).initialise(w, new SeededRandom(5));
        assertMoments(w, 3, 0.25);
        Initialisers.uniform(-1, 3).initialise(w, new SeededRandom(6));
        assertMoments(w, 1, 16 / 12.0);
        Initialisers.lecunNormal().initialise(w, new SeededRandom(7));
        assertMoments(w, 0, 1 / 100.0);
        Initialisers.lecunUniform().initialise(w, new SeededRandom(8));
        assertMoments(w, 0, 1 / 100.0);
    }

    /** Of 20,000 values the mean is off by less than 5 of its deviations, the variance by less than a twentieth. */
    private static void assertMoments(Tensor w, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (float value : w.toArray()) {
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        assertEquals(mean, sum / w.elements(), 5 * Math.sqrt(variance / w.elements()));
        assertEquals(variance, squares / w.elements(), variance / 20);
    }
}
