package dev.lanes.numerics.kernels.vector.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanes.numerics.kernels.Epilogue;
import org.junit.jupiter.api.Test;

/** Ends of blocks by vectors and by plain loops are the same to the bit, zeros, NaN and infinities included. */
class EndingsTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1f,
        -1f,
        6f,
        7f,
        -7f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    private static void same(Epilogue epilogue, int rows, int columns, int ldc) {
        float[] expected = new float[rows * ldc + 3];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = SPECIAL[i * 5 % SPECIAL.length];
        }
        float[] actual = expected.clone();
        epilogue.end(rows, columns, expected, 2, ldc);
        Endings.end(epilogue, rows, columns, actual, 2, ldc);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    Float.floatToIntBits(expected[i]),
                    Float.floatToIntBits(actual[i]),
                    epilogue + " of " + SPECIAL[i * 5 % SPECIAL.length] + " at " + i + ", rows of " + columns);
        }
    }

    private static void same(Epilogue epilogue) {
        for (int columns : new int[] {1, 3, 4, 15, 16, 17, 40}) {
            same(epilogue, 3, columns, columns);
            same(epilogue, 3, columns, columns + 2);
        }
    }

    @Test
    void should_clamp_as_the_plain_loops_do() {
        for (float low : SPECIAL) {
            for (float high : SPECIAL) {
                if (low <= high) {
                    same(Epilogue.NONE.clamp(low, high));
                }
            }
        }
    }

    @Test
    void should_add_a_residual_as_the_plain_loops_do() {
        float[] residual = new float[200];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = SPECIAL[i * 3 % SPECIAL.length];
        }
        same(Epilogue.NONE.residual(residual, 9, 2));
        same(Epilogue.NONE.residual(residual, 9, 2).relu());
    }

    @Test
    void should_leave_everything_where_there_is_nothing_to_do() {
        same(Epilogue.NONE);
    }
}
