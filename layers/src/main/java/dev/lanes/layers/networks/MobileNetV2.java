package dev.lanes.layers.networks;

import dev.lanes.layers.nn.Activation;
import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Dropout;
import dev.lanes.layers.nn.GlobalPool2d;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.Residual;
import dev.lanes.layers.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * The light network for small devices after Sandler, Howard, Zhu, Zhmoginov and Chen (2018): inverted residual blocks,
 * which widen their input by a pointwise convolution, filter each channel by itself, and narrow it again without a
 * non-linearity.
 *
 * <pre>{@code
 * Sequential net = MobileNetV2.of(1000, random);   // 3,504,872 parameters
 * net.outputShape(Shape.of(8, 224, 224, 3));       // [8, 1000]
 * }</pre>
 */
public final class MobileNetV2 {
    /** Expansion, channels, blocks and first stride of each stage, as in the paper's table 2. */
    private static final int[][] STAGES = {
        {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
    };

    private static final int FIRST = 32;
    private static final int LAST = 1280;

    private MobileNetV2() {}

    /**
     * Returns the network at full width.
     *
     * <p><b>Shapes</b>: input {@code [batch, height, width, 3]}, usually 224x224, output {@code [batch, classes]}.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public static Sequential of(int classes, RandomGenerator random) {
        Sequential.Builder net = Sequential.builder();
        convolution(net, "", Conv2d.builder(3, FIRST, 3).stride(2).padding(1), FIRST, random);
        net.add("relu", Activation.relu6());
        int inC = FIRST;
        for (int stage = 0; stage < STAGES.length; stage++) {
            int outC = STAGES[stage][1];
            Sequential.Builder blocks = Sequential.builder();
            for (int i = 1; i <= STAGES[stage][2]; i++) {
                int stride = i == 1 ? STAGES[stage][3] : 1;
                Sequential body = block(inC, STAGES[stage][0], outC, stride, random);
                blocks.add("block" + i, stride == 1 && inC == outC ? new Residual(body) : body);
                inC = outC;
            }
            net.add("stage" + (stage + 1), blocks.build());
        }
        convolution(net, "last", Conv2d.pointwise(inC, LAST), LAST, random);
        return net.add("relulast", Activation.relu6())
                .add("pool", GlobalPool2d.average())
                .add("drop", new Dropout(0.2))
                .add("fc", Linear.builder(LAST, classes).build(random))
                .build();
    }

    private static Sequential block(int inC, int expansion, int outC, int stride, RandomGenerator random) {
        int wide = inC * expansion;
        Sequential.Builder body = Sequential.builder();
        if (expansion > 1) {
            convolution(body, "1", Conv2d.pointwise(inC, wide), wide, random);
            body.add("relu1", Activation.relu6());
        }
        convolution(body, "2", Conv2d.depthwise(wide, 1, 3).stride(stride).padding(1), wide, random);
        body.add("relu2", Activation.relu6());
        convolution(body, "3", Conv2d.pointwise(wide, outC), outC, random);
        return body.build();
    }

    private static void convolution(
            Sequential.Builder to, String number, Conv2d.Builder conv, int outC, RandomGenerator random) {
        to.add("conv" + number, conv.bias(false).build(random)).add("bn" + number, new BatchNorm(outC));
    }
}
