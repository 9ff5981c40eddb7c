package dev.lanes.layers.networks;

import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.GlobalPool2d;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Residual;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import java.util.random.RandomGenerator;

/**
 * A classifier of small images that learns in few epochs: three convolutions of 3x3 with 32, 64 and 128 channels, each
 * with batch normalisation, ReLU and a pooling of 2x2; a residual block of two more; the average over the image; and a
 * fully connected layer. The image itself is normalised first, so values of any mean and size will do.
 *
 * <p>Made for a large learning rate that rises and falls ({@code LearningRateSchedule.oneCycle}); about 400,000 weights.
 *
 * <pre>{@code
 * Sequential net = ResidualCnn.of(Shape.of(32, 32, 3), 10, new SeededRandom(42));
 * net.outputShape(Shape.of(128, 32, 32, 3));   // [128, 10]
 * }</pre>
 */
public final class ResidualCnn {
    private static final int FIRST = 32;
    private static final int SECOND = 64;
    private static final int THIRD = 128;

    private ResidualCnn() {}

    /**
     * Returns the network with weights drawn from the given random numbers.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, channels]}, output {@code [batch, classes]}.
     *
     * @param image {@code [height, width, channels]}, at least 8x8 pixels
     * @throws ShapeMismatchException if the image is not of that form
     */
    public static Sequential of(Shape image, int classes, RandomGenerator random) {
        if (image.rank() != 3 || image.dim(0) < 8 || image.dim(1) < 8) {
            throw new ShapeMismatchException(
                    "ResidualCnn",
                    "the image is " + image + ", needs [height, width, channels] of at least 8x8 pixels");
        }
        return Sequential.builder()
                .add("input", new BatchNorm(image.dim(2)))
                .add("stage1", stage(image.dim(2), FIRST, random))
                .add("stage2", stage(FIRST, SECOND, random))
                .add("stage3", stage(SECOND, THIRD, random))
                .add("block", new Residual(block(THIRD, random)))
                .add("pool", GlobalPool2d.average())
                .add("fc", Linear.builder(THIRD, classes).build(random))
                .build();
    }

    private static Sequential stage(int inC, int outC, RandomGenerator random) {
        return Sequential.builder()
                .add("conv", conv(inC, outC, random))
                .add("bn", new BatchNorm(outC))
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .build();
    }

    private static Sequential block(int channels, RandomGenerator random) {
        return Sequential.builder()
                .add("conv1", conv(channels, channels, random))
                .add("bn1", new BatchNorm(channels))
                .add("relu1", new ReLU())
                .add("conv2", conv(channels, channels, random))
                .add("bn2", new BatchNorm(channels))
                .add("relu2", new ReLU())
                .build();
    }

    private static Conv2d conv(int inC, int outC, RandomGenerator random) {
        return Conv2d.builder(inC, outC, 3).padding(1).bias(false).build(random);
    }
}
