package dev.lanes.numerics.kernels.vector.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Loops that are made of functions: arguments by their types, calls in place, and what cannot be put in place. */
class FlatteningTest {
    /** Functions as kernels have them, and some that cannot be. */
    static final class Samples {
        private Samples() {}

        static FloatVector difference(FloatVector a, FloatVector b, float first, float second) {
            return twice(a).sub(b.mul(first)).add(second);
        }

        private static FloatVector twice(FloatVector a) {
            FloatVector same = a;
            return sum(same, a);
        }

        private static FloatVector sum(FloatVector a, FloatVector b) {
            return a.add(b);
        }

        static FloatVector crooked(FloatVector a, float first) {
            return first > 0 ? a : twice(a);
        }

        static FloatVector greedy(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
            return a.add(b).add(c).add(d);
        }
    }

    private static final int LENGTH = 2 * Simd.LANES + 3;

    private static float[] ramp(float start, float step) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = start + step * i;
        }
        return values;
    }

    @Test
    void should_compute_the_function_over_bodies_and_what_is_left() {
        float[] y = new float[LENGTH];
        LaneLoop.of(Samples.class, "difference")
                .run(ramp(1, 1), 0, ramp(0, 2), 0, y, 0, y, 0, LENGTH, 0.5f, -1f, new float[LaneLoop.SCRATCH]);
        assertArrayEquals(ramp(1, 1), y); // 2 (1 + i) - 2 i / 2 - 1
    }

    @Test
    void should_compute_in_place() {
        float[] y = ramp(1, 1);
        LaneLoop.of(Arithmetic.class, "scale").run(y, 0, y, 0, LENGTH, 3f, 0f, new float[LaneLoop.SCRATCH]);
        assertArrayEquals(ramp(3, 3), y);
    }

    @Test
    void should_refuse_what_it_cannot_put_in_place() {
        assertEquals("crooked has branches or handlers", refusal("crooked"));
        assertEquals(
                "a function of lanes cannot take (FloatVector,FloatVector,FloatVector,FloatVector)FloatVector",
                refusal("greedy"));
        assertEquals("no method none in FlatteningTest$Samples", refusal("none"));
    }

    private static String refusal(String function) {
        return assertThrows(IllegalArgumentException.class, () -> LaneLoop.of(Samples.class, function))
                .getMessage();
    }
}
