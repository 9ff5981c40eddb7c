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

class Conv2dGeometryTest {
    @Test
    void should_work_out_everything_from_its_text() {
        Conv2dGeometry g = Conv2dGeometry.parse("b2 56x28x64 -> 32 k3x5 s2x1 p0,1,2,2 d1 g4");
        assertEquals(new Conv2dGeometry(2, 56, 28, 64, 32, 4, new Window2d(3, 5, 2, 1, 0, 1, 2, 2, 1, 1)), g);
        assertEquals(28, g.outH());
        assertEquals(28, g.outW());
        assertEquals(16, g.inCPerGroup());
        assertEquals(8, g.outCPerGroup());
        assertEquals(Shape.of(2, 56, 28, 64), g.inputShape());
        assertEquals(Shape.of(3, 5, 16, 32), g.weightShape());
        assertEquals(Shape.of(2, 28, 28, 32), g.outputShape());
        assertEquals(3 * 5 * 16, g.reductionLength());
        assertEquals(2L * 2 * 28 * 28 * 32 * 240, g.flops());
        assertEquals(4L * (2 * 56 * 28 * 64 + 3 * 5 * 16 * 32 + 2 * 28 * 28 * 32), g.bytes());
        assertEquals(0, g.withBatch(0).flops());
    }

    @Test
    void should_count_the_operations_of_a_known_layer() {
        assertEquals(
                231_211_008,
                Conv2dGeometry.parse("b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1").flops());
    }

    @Test
    void should_describe_a_depthwise_convolution_with_multiplier() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 8x8x4 -> 8 k3x3 s1 p1 d1 g4");
        assertEquals(Shape.of(3, 3, 1, 8), g.weightShape());
        assertEquals(9, g.reductionLength());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1",
                "b0 1x1x1 -> 1 k1x1 s1 p0 d1 g1",
                "b3 9x7x6 -> 12 k3x5 s2x1 p1x2 d1x2 g3",
                "b1 9x7x6 -> 12 k2x2 s2 p0,1,0,1 d1 g6",
                "b1 4x4x1 -> 1 k3x3 s1 p5,0,0,5 d1 g1"
            })
    void should_read_back_what_it_prints(String text) {
        assertEquals(text, Conv2dGeometry.parse(text).toString());
        assertEquals(Conv2dGeometry.parse(text), Conv2dGeometry.parse("  " + text + "\n"));
    }

    @Test
    void should_read_back_any_geometry_that_can_be_made() {
        Random random = new Random(7);
        int made = 0;
        for (int i = 0; i < 2000; i++) {
            Window2d window = RandomWindows.next(random);
            int groups = 1 + random.nextInt(3);
            Conv2dGeometry g;
            try {
                g = new Conv2dGeometry(
                        random.nextInt(3),
                        1 + random.nextInt(9),
                        1 + random.nextInt(9),
                        groups * (1 + random.nextInt(4)),
                        groups * (1 + random.nextInt(4)),
                        groups,
                        window);
            } catch (IllegalArgumentException impossible) {
                continue;
            }
            assertEquals(g, Conv2dGeometry.parse(g.toString()));
            made++;
        }
        assertTrue(made > 500, made + " geometries were possible");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "56x56x64 -> 64",
                "b1 56x56x64 -> 64 k3x3 s1 p1 d1",
                "b-1 56x56x64 -> 64 k3x3 s1 p1 d1 g1",
                "b1 56x56 -> 64 k3x3 s1 p1 d1 g1",
                "b1 56x56x64 -> 64 k3 s1 p1 d1 g1",
                "b1 56x56x64 -> 64 k3x3 s1 p1,2 d1 g1",
                "b1  56x56x64 -> 64 k3x3 s1 p1 d1 g1",
                "b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1 x",
                "B1 56x56x64 -> 64 k3x3 s1 p1 d1 g1",
                "b\u0661 56x56x64 -> 64 k3x3 s1 p1 d1 g1"
            })
    void should_say_what_form_it_expects(String text) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Conv2dGeometry.parse(text));
        assertEquals(
                "geometry \"" + text + "\" is not of the form \"b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1\"",
                thrown.getMessage());
    }

    /** Whoever changes these changes the bits of every training. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b64 28x28x1 -> 32 k3x3 s1 p1 d1 g1 | 16",
                "b32 14x14x6 -> 16 k5x5 s1 p0 d1 g1 | 12",
                "b64 14x14x32 -> 64 k3x3 s1 p1 d1 g1 | 16",
                "b64 14x14x64 -> 64 k3x3 s1 p1 d1 g1 | 1",
                "b64 7x7x32 -> 32 k3x3 s1 p1 d1 g32 | 12",
                "b64 9x9x4 -> 4 k4x4 s1 p0 d1 g1 | 9",
                "b64 8x8x4 -> 4 k4x4 s1 p0 d1 g1 | 1",
                "b11 28x28x1 -> 32 k3x3 s1 p1 d1 g1 | 11",
                "b7 224x224x3 -> 8 k3x3 s1 p1 d1 g1 | 1",
                "b0 28x28x1 -> 32 k3x3 s1 p1 d1 g1 | 1"
            })
    void should_sum_few_weights_over_many_pixels_in_parts(String text, int parts) {
        Conv2dGeometry g = Conv2dGeometry.parse(text);
        assertEquals(parts, g.gradientParts());
        assertEquals(0, g.firstImage(0));
        assertEquals(g.batch(), g.firstImage(parts));
        for (int part = 0; part < parts; part++) {
            int images = g.firstImage(part + 1) - g.firstImage(part);
            assertEquals(g.batch() / (double) parts, images, 1 - 1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b99999999999 1x1x1 -> 1 k1x1 s1 p0 d1 g1"
                        + " | geometry \"b99999999999 1x1x1 -> 1 k1x1 s1 p0 d1 g1\": 99999999999 is too large",
                "b1 1x1x1 -> 1 k1x1 s1x4294967297 p0 d1 g1"
                        + " | geometry \"b1 1x1x1 -> 1 k1x1 s1x4294967297 p0 d1 g1\": 4294967297 is too large",
                "b1 0x1x1 -> 1 k1x1 s1 p0 d1 g1 | conv2d: batch 1 must not be negative; image 0x1x1, output channels 1"
                        + " and groups 1 must be at least 1",
                "b1 1x1x1 -> 1 k1x1 s1 p0 d1 g0 | conv2d: batch 1 must not be negative; image 1x1x1, output channels 1"
                        + " and groups 0 must be at least 1",
                "b1 1x1x6 -> 4 k1x1 s1 p0 d1 g4"
                        + " | conv2d: 4 groups must divide both 6 input channels and 4 output channels",
                "b1 1x1x4 -> 6 k1x1 s1 p0 d1 g4"
                        + " | conv2d: 4 groups must divide both 4 input channels and 6 output channels",
                "b1 4x9x1 -> 1 k3x3 s1 p0 d2 g1 | conv2d: window k3x3 s1 p0 d2 does not fit the image of 4x9",
                "b1 9x2x1 -> 1 k3x3 s1 p0 d1 g1 | conv2d: window k3x3 s1 p0 d1 does not fit the image of 9x2",
                "b1 65536x65536x1 -> 1 k1x1 s1 p0 d1 g1"
                        + " | shape [1, 65536, 65536, 1] has more elements than one Java array can hold (2147483639)",
                "b1 1x1x65536 -> 65536 k1x1 s1 p0 d1 g1"
                        + " | shape [1, 1, 65536, 65536] has more elements than one Java array can hold (2147483639)",
                "b1 1x1x1 -> 1 k1x1 s1 p2000000000 d1 g1 | shape [1, 2147483647, 2147483647, 1] has more elements than"
                        + " one Java array can hold (2147483639)",
                "b1 1x1x1 -> 1 k0x1 s1 p0 d1 g1" + " | window: size 0x1, stride 1x1 and dilation 1x1 must be at least 1"
            })
    void should_name_what_does_not_fit(String text, String message) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Conv2dGeometry.parse(text));
        assertEquals(message, thrown.getMessage());
    }
}
