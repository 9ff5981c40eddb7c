package dev.lanes.examples;

import dev.lanes.layers.networks.AllCnn;
import dev.lanes.layers.networks.LeNet;
import dev.lanes.layers.networks.MobileNetV2;
import dev.lanes.layers.networks.ResNet;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import java.util.random.RandomGenerator;

/** The networks since LeNet: how many parameters, and how many multiplications for one image. */
final class NetworksExample implements Example {
    @Override
    public void run(Page page) {
        RandomGenerator random = new SeededRandom(42);
        page.say("network         input        layers   parameters   multiplications");
        show(page, "LeNet-5", LeNet.five(10, random), Shape.of(1, 28, 28, 1));
        show(page, "All-CNN-C", AllCnn.of(10, random), Shape.of(1, 32, 32, 3));
        show(page, "ResNet-20", ResNet.cifar(3, 10, random), Shape.of(1, 32, 32, 3));
        show(page, "MobileNetV2", MobileNetV2.of(1000, random), Shape.of(1, 224, 224, 3));
        show(page, "ResNet-18", ResNet.eighteen(1000, random), Shape.of(1, 224, 224, 3));
        page.say("");
        page.say("%s", ResNet.cifar(1, 10, random).summary(Shape.of(1, 32, 32, 3)));
    }

    private static void show(Page page, String name, Sequential net, Shape input) {
        long weights =
                net.parameters().stream().mapToLong(p -> p.value().elements()).sum();
        long layers = net.parameters().stream()
                .filter(p -> p.value().shape().rank() > 1) // convolutions and fully connected layers
                .count();
        page.say(
                "%-15s %-12s %6d %,12d  %,16d",
                name, input.dim(1) + "x" + input.dim(2) + "x" + input.dim(3), layers, weights, net.flops(input) / 2);
    }
}
