package dev.lanes.layers.networks;

import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.GlobalPool2d;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Residual;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.numerics.geometry.Window2d;
import java.util.random.RandomGenerator;

/**
 * Residual networks after He, Zhang, Ren and Sun (2016): convolutions without bias, each with batch normalisation, in
 * blocks whose input is added to their output.
 *
 * <p>Bottlenecks halve the image in their 3x3 convolution, as the networks that everybody trains now do.
 *
 * <pre>{@code
 * Sequential net = ResNet.fifty(1000, random);      // 25,557,032 parameters
 * net.outputShape(Shape.of(8, 224, 224, 3));        // [8, 1000]
 * Sequential small = ResNet.cifar(3, 10, random);   // 20 layers, 272,474 parameters
 * }</pre>
 */
public final class ResNet {
    private ResNet() {}

    /**
     * Returns ResNet-18.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, 3]}, usually 224x224, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential eighteen(int classes, RandomGenerator random) {
        return imageNet(false, new int[] {2, 2, 2, 2}, classes, random);
    }

    /**
     * Returns ResNet-50; shapes as those of {@link #eighteen}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential fifty(int classes, RandomGenerator random) {
        return imageNet(true, new int[] {3, 4, 6, 3}, classes, random);
    }

    /**
     * Returns the small residual network for images such as those of CIFAR-10: three stages of 16, 32 and 64 channels, of
     * so many blocks of two convolutions each; {@code 6 blocks + 2} layers.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, 3]}, usually 32x32, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes or no blocks
     */
    public static Sequential cifar(int blocks, int classes, RandomGenerator random) {
        if (blocks < 1) {
            throw new IllegalArgumentException("ResNet: " + blocks + " blocks a stage, needs at least 1");
        }
        Sequential.Builder net = Sequential.builder();
        convolution(net, "", 3, 16, Window2d.of(3, 3).padding(1), random);
        net.add("relu", new ReLU());
        int inC = 16;
        for (int stage = 1; stage <= 3; stage++) {
            int channels = 16 << (stage - 1);
            net.add("stage" + stage, stage(false, inC, channels, blocks, stage == 1 ? 1 : 2, random));
            inC = channels;
        }
        return net.add("pool", GlobalPool2d.average())
                .add("fc", Linear.builder(inC, classes).build(random))
                .build();
    }

    private static Sequential imageNet(boolean bottlenecks, int[] blocks, int classes, RandomGenerator random) {
        Sequential.Builder net = Sequential.builder();
        convolution(net, "", 3, 64, Window2d.of(7, 7).stride(2).padding(3), random);
        net.add("relu", new ReLU());
        net.add("maxpool", new MaxPool2d(Window2d.of(3, 3).stride(2).padding(1)));
        int inC = 64;
        for (int stage = 1; stage <= 4; stage++) {
            int channels = 64 << (stage - 1);
            int stride = stage == 1 ? 1 : 2;
            net.add("stage" + stage, stage(bottlenecks, inC, channels, blocks[stage - 1], stride, random));
            inC = bottlenecks ? 4 * channels : channels;
        }
        return net.add("pool", GlobalPool2d.average())
                .add("fc", Linear.builder(inC, classes).build(random))
                .build();
    }

    /** Blocks of one size; the first changes the channels and the size of the image. */
    private static Sequential stage(
            boolean bottlenecks, int inC, int channels, int blocks, int stride, RandomGenerator random) {
        Sequential.Builder stage = Sequential.builder();
        int outC = bottlenecks ? 4 * channels : channels;
        for (int i = 1; i <= blocks; i++) {
            int from = i == 1 ? inC : outC;
            int step = i == 1 ? stride : 1;
            Layer body =
                    bottlenecks ? bottleneck(from, channels, outC, step, random) : basic(from, channels, step, random);
            Layer block = from == outC && step == 1
                    ? new Residual(body)
                    : new Residual(body, projection(from, outC, step, random));
            stage.add("block" + i, block).add("relu" + i, new ReLU());
        }
        return stage.build();
    }

    private static Sequential basic(int inC, int channels, int stride, RandomGenerator random) {
        Sequential.Builder body = Sequential.builder();
        convolution(body, "1", inC, channels, Window2d.of(3, 3).stride(stride).padding(1), random);
        body.add("relu1", new ReLU());
        convolution(body, "2", channels, channels, Window2d.of(3, 3).padding(1), random);
        return body.build();
    }

    private static Sequential bottleneck(int inC, int channels, int outC, int stride, RandomGenerator random) {
        Sequential.Builder body = Sequential.builder();
        convolution(body, "1", inC, channels, Window2d.of(1, 1), random);
        body.add("relu1", new ReLU());
        convolution(
                body, "2", channels, channels, Window2d.of(3, 3).stride(stride).padding(1), random);
        body.add("relu2", new ReLU());
        convolution(body, "3", channels, outC, Window2d.of(1, 1), random);
        return body.build();
    }

    private static Sequential projection(int inC, int outC, int stride, RandomGenerator random) {
        Sequential.Builder shortcut = Sequential.builder();
        convolution(shortcut, "", inC, outC, Window2d.of(1, 1).stride(stride), random);
        return shortcut.build();
    }

    private static void convolution(
            Sequential.Builder to, String number, int inC, int outC, Window2d window, RandomGenerator random) {
        to.add("conv" + number, Conv2d.builder(inC, outC, window).bias(false).build(random))
                .add("bn" + number, new BatchNorm(outC));
    }
}
