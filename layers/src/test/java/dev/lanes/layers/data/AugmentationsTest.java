package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Images of 3x4 pixels with two channels, every value another. */
class AugmentationsTest {
    private static final int H = 3;
    private static final int W = 4;
    private static final int C = 2;
    private final SeededRandom random = new SeededRandom(3);

    private float[] image() {
        float[] image = new float[2 + H * W * C];
        for (int i = 0; i < H * W * C; i++) {
            image[2 + i] = i + 1;
        }
        return image;
    }

    private float[] apply(Augmentation way) {
        float[] to = new float[5 + H * W * C];
        Arrays.fill(to, Float.NaN);
        way.apply(image(), 2, to, 5, H, W, C, random);
        for (int i = 0; i < 5; i++) {
            assertTrue(Float.isNaN(to[i]), "wrote before the image");
        }
        return Arrays.copyOfRange(to, 5, to.length);
    }

    private static float pixel(float[] image, int y, int x, int c) {
        return y < 0 || y >= H || x < 0 || x >= W ? 0 : image[2 + (y * W + x) * C + c];
    }

    @Test
    void should_mirror_every_other_image() {
        float[] mirrored = new float[H * W * C];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = pixel(image(), i / (W * C), W - 1 - i / C % W, i % C);
        }
        float[] same = Arrays.copyOfRange(image(), 2, 2 + H * W * C);
        int count = 0;
        for (int i = 0; i < 200; i++) {
            float[] result = apply(Augmentations.flip());
            boolean turned = result[0] != 1;
            assertArrayEquals(turned ? mirrored : same, result);
            count += turned ? 1 : 0;
        }
        assertTrue(count > 60 && count < 140, count + " of 200 mirrored");
    }

    @Test
    void should_cut_every_part_out_of_the_padded_image() {
        for (int padding : new int[] {1, 2, 6}) {
            List<float[]> possible = new ArrayList<>();
            for (int down = -padding; down <= padding; down++) {
                for (int right = -padding; right <= padding; right++) {
                    float[] moved = new float[H * W * C];
                    for (int i = 0; i < moved.length; i++) {
                        moved[i] = pixel(image(), i / (W * C) + down, i / C % W + right, i % C);
                    }
                    possible.add(moved);
                }
            }
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < 3000; i++) {
                float[] result = apply(Augmentations.crop(padding));
                assertTrue(possible.stream().anyMatch(p -> Arrays.equals(p, result)), Arrays.toString(result));
                seen.add(Arrays.toString(result));
            }
            assertEquals(possible.stream().map(Arrays::toString).distinct().count(), seen.size(), "padding " + padding);
        }
    }

    /** A half turn puts the pixels in the opposite order; a turn of at most a ten-thousandth of a degree nothing. */
    @Test
    void should_turn_about_the_middle() {
        float[] turned = new float[H * W * C];
        float[] still = Arrays.copyOfRange(image(), 2, 2 + H * W * C);
        for (int i = 0; i < turned.length; i++) {
            turned[i] = pixel(image(), H - 1 - i / (W * C), W - 1 - i / C % W, i % C);
        }
        assertArrayEquals(still, apply(Augmentations.rotate(1e-4)), 1e-3f);
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 2000; i++) {
            float[] result = apply(Augmentations.rotate(180));
            double far = 0;
            for (int k = 0; k < result.length; k++) {
                far = Math.max(far, Math.abs(result[k] - turned[k]));
            }
            closest = Math.min(closest, far);
        }
        assertTrue(closest < 0.5, "the nearest to a half turn is off by " + closest);
    }

    @Test
    void should_erase_a_square() {
        for (int i = 0; i < 100; i++) {
            float[] result = apply(Augmentations.erase(2));
            long zeros = 0;
            for (int k = 0; k < result.length; k++) {
                assertTrue(result[k] == 0 || result[k] == k + 1);
                zeros += result[k] == 0 ? 1 : 0;
            }
            assertTrue(Set.of(2L, 4L, 8L).contains(zeros), zeros + " values erased");
        }
    }

    @Test
    void should_refuse_impossible_settings() {
        assertEquals("crop: the padding is 0, needs at least 1", message(() -> Augmentations.crop(0)));
        assertEquals("rotate: the angle is 0.0, needs 0 < angle <= 180", message(() -> Augmentations.rotate(0)));
        assertEquals("erase: the side is 0, needs at least 1", message(() -> Augmentations.erase(0)));
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
