package dev.lanes.examples;

import dev.lanes.layers.data.Augmentation;
import dev.lanes.layers.data.Augmentations;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Tensor;

/** More examples from the same ones: moved, turned and mirrored, each time another way. */
final class AugmentationExample implements Example {
    private static final int SIDE = 8;

    @Override
    public void run(Page page) {
        Tensor image = Tensor.zeros(SIDE, SIDE, 1);
        for (int y = 1; y < 7; y++) {
            image.set(1, y, 2, 0);
        }
        for (int x = 2; x < 6; x++) {
            image.set(1, 1, x, 0);
            image.set(1, 3, x - 1, 0);
        }
        show(page, "mirrored, or not:", Augmentations.flip(), image);
        show(page, "moved by up to 2 pixels:", Augmentations.crop(2), image);
        show(page, "turned by up to 20 degrees:", Augmentations.rotate(20), image);
    }

    /** Shows the image and four changes of it side by side. */
    private static void show(Page page, String name, Augmentation way, Tensor image) {
        SeededRandom random = new SeededRandom(5);
        float[][] shown = new float[5][SIDE * SIDE];
        shown[0] = image.toArray();
        for (int i = 1; i < shown.length; i++) {
            way.apply(image.array(), image.offset(), shown[i], 0, SIDE, SIDE, 1, random);
        }
        page.say("%s", name);
        for (int y = 0; y < SIDE; y++) {
            StringBuilder line = new StringBuilder();
            for (float[] picture : shown) {
                line.append("  |");
                for (int x = 0; x < SIDE; x++) {
                    float value = picture[y * SIDE + x];
                    line.append(value > 0.6 ? "##" : value > 0.2 ? "::" : "  ");
                }
                line.append('|');
            }
            page.say("%s", line);
        }
    }
}
