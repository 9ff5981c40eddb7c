package dev.lanes.layers.data;

import java.util.Arrays;

/**
 * The usual augmentations of images {@code [height, width, channels]}.
 *
 * <pre>{@code
 * new Batches(split.train(), 64, 42).augment(Augmentations.flip(), Augmentations.crop(4)).prefetch();
 * }</pre>
 */
public final class Augmentations {
    private Augmentations() {}

    /** Mirrors every other image from left to right; not for letters and digits. */
    public static Augmentation flip() {
        return (from, fromAt, to, toAt, height, width, channels, random) -> {
            int row = width * channels;
            if (random.nextLong() >= 0) {
                System.arraycopy(from, fromAt, to, toAt, height * row);
                return;
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int source = fromAt + y * row + (width - 1 - x) * channels;
                    int target = toAt + y * row + x * channels;
                    for (int c = 0; c < channels; c++) {
                        to[target + c] = from[source + c];
                    }
                }
            }
        };
    }

    /**
     * Puts {@code padding} zeros around the image and cuts a part of the old size out anywhere: moves the image by up to so
     * many pixels in each direction.
     *
     * @throws IllegalArgumentException if the padding is below 1
     */
    public static Augmentation crop(int padding) {
        if (padding < 1) {
            throw new IllegalArgumentException("crop: the padding is " + padding + ", needs at least 1");
        }
        return (from, fromAt, to, toAt, height, width, channels, random) -> {
            int down = random.nextInt(2 * padding + 1) - padding;
            int right = random.nextInt(2 * padding + 1) - padding;
            int row = width * channels;
            int first = Math.clamp(-right, 0, width); // the columns of the result that the image covers
            int end = Math.clamp(width - right, first, width);
            for (int y = 0; y < height; y++) {
                int target = toAt + y * row;
                int source = y + down;
                if (source < 0 || source >= height || first == end) {
                    Arrays.fill(to, target, target + row, 0f);
                } else {
                    Arrays.fill(to, target, target + first * channels, 0f);
                    System.arraycopy(
                            from,
                            fromAt + source * row + (first + right) * channels,
                            to,
                            target + first * channels,
                            (end - first) * channels);
                    Arrays.fill(to, target + end * channels, target + row, 0f);
                }
            }
        };
    }

    /**
     * Turns the image about its middle by any angle up to so many degrees either way, between pixels by bilinear
     * interpolation, with zeros where nothing was.
     *
     * @throws IllegalArgumentException if the angle is not above 0 and at most 180
     */
    public static Augmentation rotate(double degrees) {
        if (!(degrees > 0 && degrees <= 180)) {
            throw new IllegalArgumentException("rotate: the angle is " + degrees + ", needs 0 < angle <= 180");
        }
        double most = Math.toRadians(degrees);
        return (from, fromAt, to, toAt, height, width, channels, random) -> {
            double angle = most * (2 * random.nextDouble() - 1);
            float cos = (float) StrictMath.cos(angle);
            float sin = (float) StrictMath.sin(angle);
            float middleY = (height - 1) / 2f;
            float middleX = (width - 1) / 2f;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    float sourceX = middleX + cos * (x - middleX) + sin * (y - middleY);
                    float sourceY = middleY - sin * (x - middleX) + cos * (y - middleY);
                    int target = toAt + (y * width + x) * channels;
                    between(from, fromAt, height, width, channels, sourceY, sourceX, to, target);
                }
            }
        };
    }

    /** Writes the pixel at a place between pixels; beyond the image all is zero. */
    private static void between(
            float[] from, int fromAt, int height, int width, int channels, float y, float x, float[] to, int target) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        float down = y - top;
        float right = x - left;
        for (int c = 0; c < channels; c++) {
            float above = (1 - right) * pixel(from, fromAt + c, height, width, channels, top, left)
                    + right * pixel(from, fromAt + c, height, width, channels, top, left + 1);
            float below = (1 - right) * pixel(from, fromAt + c, height, width, channels, top + 1, left)
                    + right * pixel(from, fromAt + c, height, width, channels, top + 1, left + 1);
            to[target + c] = (1 - down) * above + down * below;
        }
    }

    private static float pixel(float[] from, int at, int height, int width, int channels, int y, int x) {
        return y < 0 || y >= height || x < 0 || x >= width ? 0f : from[at + (y * width + x) * channels];
    }

    /**
     * Sets a square of the image to zero, its middle anywhere in the image (cutout, DeVries and Taylor 2017).
     *
     * @throws IllegalArgumentException if the side is below 1
     */
    public static Augmentation erase(int side) {
        if (side < 1) {
            throw new IllegalArgumentException("erase: the side is " + side + ", needs at least 1");
        }
        return (from, fromAt, to, toAt, height, width, channels, random) -> {
            System.arraycopy(from, fromAt, to, toAt, height * width * channels);
            int top = random.nextInt(height) - side / 2;
            int left = random.nextInt(width) - side / 2;
            int firstX = Math.max(0, left);
            int endX = Math.min(width, left + side);
            for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
                int row = toAt + y * width * channels;
                Arrays.fill(to, row + firstX * channels, row + endX * channels, 0f);
            }
        };
    }
}
