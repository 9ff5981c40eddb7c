package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pool2dGeometryTest {
    @Test
    void should_work_out_everything_from_its_text() {
        Pool2dGeometry g = Pool2dGeometry.parse("b2 112x112x64 k3x3 s2 p1 d1");
        assertEquals(new Pool2dGeometry(2, 112, 112, 64, new Window2d(3, 3, 2, 2, 1, 1, 1, 1, 1, 1)), g);
        assertEquals(Shape.of(2, 112, 112, 64), g.inputShape());
        assertEquals(Shape.of(2, 56, 56, 64), g.outputShape());
        assertEquals(2L * 56 * 56 * 64 * 9, g.flops());
        assertEquals(4L * 2 * 64 * (112 * 112 + 56 * 56), g.bytes());
        assertEquals(Shape.of(0, 56, 56, 64), g.withBatch(0).outputShape());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1 112x112x64 k3x3 s2 p1 d1",
                "b0 1x1x1 k1x1 s1 p0 d1",
                "b3 9x7x6 k3x5 s2x1 p1x2 d1x2",
                "b1 9x7x6 k2x2 s2 p0,1,0,1 d1"
            })
    void should_read_back_what_it_prints(String text) {
        assertEquals(text, Pool2dGeometry.parse(text).toString());
    }

    /** Compares with a look at every tap of every position. */
    @Test
    void should_accept_exactly_the_windows_that_always_see_a_pixel() {
        Random random = new Random(11);
        int accepted = 0;
        int blind = 0;
        for (int i = 0; i < 5000; i++) {
            Window2d window = RandomWindows.next(random);
            int inH = 1 + random.nextInt(6);
            int inW = 1 + random.nextInt(6);
            if (window.outH(inH) < 1 || window.outW(inW) < 1) {
                assertThrows(IllegalArgumentException.class, () -> new Pool2dGeometry(1, inH, inW, 1, window));
            } else if (everyPositionSees(
                            inH, window.padTop(), window.dilationH(), window.kH(), window.strideH(), window.outH(inH))
                    && everyPositionSees(
                            inW,
                            window.padLeft(),
                            window.dilationW(),
                            window.kW(),
                            window.strideW(),
                            window.outW(inW))) {
                Pool2dGeometry g = new Pool2dGeometry(1, inH, inW, 1, window);
                assertEquals(g, Pool2dGeometry.parse(g.toString()));
                accepted++;
            } else {
                String text = "pool2d: a position of window " + window + " on the image of " + inH + "x" + inW
                        + " sees nothing but padding";
                Exception thrown =
                        assertThrows(IllegalArgumentException.class, () -> new Pool2dGeometry(1, inH, inW, 1, window));
                assertEquals(text, thrown.getMessage());
                blind++;
            }
        }
        assertTrue(accepted > 500 && blind > 500, accepted + " accepted, " + blind + " blind");
    }

    private static boolean everyPositionSees(int in, int padBefore, int dilation, int k, int stride, int out) {
        for (int o = 0; o < out; o++) {
            boolean sees = false;
            for (int tap = 0; tap < k; tap++) {
                int at = o * stride + tap * dilation - padBefore;
                sees |= at >= 0 && at < in;
            }
            if (!sees) {
                return false;
            }
        }
        return true;
    }

    @Test
    void should_look_at_a_hostile_image_no_longer_than_at_a_small_one() {
        assertEquals(
                Integer.MAX_VALUE,
                Pool2dGeometry.parse("b0 2147483647x1x1 k1x1 s1 p0 d1").outH());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b1 112x112x64 k3x3 s2 p1"
                        + " | geometry \"b1 112x112x64 k3x3 s2 p1\" is not of the form \"b1 112x112x64 k3x3 s2 p1 d1\"",
                "b1 1x1x1 k1x1 s1 p0 d2147483648"
                        + " | geometry \"b1 1x1x1 k1x1 s1 p0 d2147483648\": 2147483648 is too large",
                "b1 0x1x1 k1x1 s1 p0 d1"
                        + " | pool2d: batch 1 must not be negative; image 0x1x1 must be at least 1x1x1",
                "b1 2x9x1 k3x3 s1 p0 d1 | pool2d: window k3x3 s1 p0 d1 does not fit the image of 2x9",
                "b1 4x4x1 k2x2 s1 p2 d1"
                        + " | pool2d: a position of window k2x2 s1 p2 d1 on the image of 4x4 sees nothing but padding",
                "b1 1x1x1 k2x2 s1 p1 d2"
                        + " | pool2d: a position of window k2x2 s1 p1 d2 on the image of 1x1 sees nothing but padding",
                "b8 65536x8192x1 k1x1 s1 p0 d1"
                        + " | shape [8, 65536, 8192, 1] has more elements than one Java array can hold (2147483639)"
            })
    void should_name_what_does_not_fit(String text, String message) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Pool2dGeometry.parse(text));
        assertEquals(message, thrown.getMessage());
    }
}
