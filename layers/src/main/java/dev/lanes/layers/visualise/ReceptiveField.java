package dev.lanes.layers.visualise;

import dev.lanes.layers.nn.AvgPool2d;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Residual;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Optional;

/**
 * The part of an image that one value of a layer depends on.
 *
 * @param top the first row
 * @param left the first column
 * @param height how many rows
 * @param width how many columns
 */
public record ReceptiveField(int top, int left, int height, int width) {
    /**
     * Returns the field of the value at row y and column x of a layer's maps, cut to the image. Convolutions and
     * poolings widen it; what keeps height and width, and is no residual connection, is taken to work on single places; behind
     * anything else the field is the whole image.
     *
     * @param seen any image of the size in question, passed through the network
     * @param step the place of the layer whose value it is
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public static ReceptiveField of(Activations seen, int step, int y, int x) {
        Shape image = seen.image().shape();
        int top = y;
        int bottom = y;
        int left = x;
        int right = x;
        for (int i = step; i >= 0; i--) {
            Layer layer = seen.steps().get(i).layer();
            Optional<Window2d> found = window(layer, seen.input(i).shape());
            if (found.isPresent()) {
                Window2d window = found.get();
                top = top * window.strideH() - window.padTop();
                bottom = bottom * window.strideH() - window.padTop() + window.extentH() - 1;
                left = left * window.strideW() - window.padLeft();
                right = right * window.strideW() - window.padLeft() + window.extentW() - 1;
            } else if (layer instanceof Residual
                    || !keepsPlaces(seen.input(i).shape(), seen.output(i).shape())) {
                return new ReceptiveField(0, 0, image.dim(1), image.dim(2));
            }
        }
        top = Math.max(top, 0);
        left = Math.max(left, 0);
        bottom = Math.min(bottom, image.dim(1) - 1);
        right = Math.min(right, image.dim(2) - 1);
        return new ReceptiveField(top, left, bottom - top + 1, right - left + 1);
    }

    private static Optional<Window2d> window(Layer layer, Shape input) {
        return switch (layer) {
            case Conv2d conv -> Optional.of(conv.window(input));
            case MaxPool2d pool -> Optional.of(pool.window(input));
            case AvgPool2d pool -> Optional.of(pool.window(input));
            default -> Optional.empty();
        };
    }

    private static boolean keepsPlaces(Shape in, Shape out) {
        return in.rank() == 4 && out.rank() == 4 && in.dim(1) == out.dim(1) && in.dim(2) == out.dim(2);
    }
}
