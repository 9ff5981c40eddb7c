package dev.lanes.bench.problems;

import java.util.ArrayList;
import java.util.List;

/** The kernels and shapes of {@code lanes bench kernels}, taken from networks that people run. */
public final class KernelList {
    private static final String CNN = "CNN 32-64-128 on 28x28, batch 64, ";

    private KernelList() {}

    /** Returns all rows in the order in which they are shown. */
    public static List<Entry> all() {
        List<Entry> list = new ArrayList<>();
        for (String kernel : List.of("sgemm", "sgemm-packed")) {
            for (int n : new int[] {128, 256, 512, 1024, 2048}) {
                list.add(new Entry(kernel, "NN m" + n + " n" + n + " k" + n, "square"));
            }
            list.add(new Entry(kernel, "NN m64 n3136 k576", "ResNet-50 conv2 3x3 as a product, channels x pixels"));
            list.add(new Entry(kernel, "NN m128 n784 k1152", "ResNet-50 conv3 3x3 as a product"));
            list.add(new Entry(kernel, "NN m256 n196 k2304", "ResNet-50 conv4 3x3 as a product"));
            list.add(new Entry(kernel, "NN m512 n49 k4608", "ResNet-50 conv5 3x3 as a product"));
            list.add(new Entry(kernel, "NN m96 n3025 k363", "AlexNet conv1 11x11 as a product"));
        }
        list.add(new Entry("sgemm", "NT m512 n512 k512", "square, B transposed: gradient by the input of Linear"));
        list.add(new Entry("sgemm", "TN m512 n512 k512", "square, A transposed: gradient by the weights of Linear"));
        list.add(new Entry("sgemm-packed", "NN m64 n512 k784", "MLP 784-512-10, first layer, batch 64"));
        for (String form : List.of("NN", "NT")) {
            String weights = form.equals("NN") ? "weights [in, out]" : "weights [out, in]";
            list.add(
                    new Entry("sgemv", form + " m1 n1000 k4096", "AlexNet and VGG-16 last layer, batch 1, " + weights));
            list.add(new Entry("sgemv", form + " m1 n4096 k9216", "AlexNet first full layer, batch 1, " + weights));
        }
        list.add(new Entry("dgemm", "NN m512 n512 k512", "square"));
        list.add(new Entry("dgemm", "NN m1024 n1024 k1024", "square"));

        list.add(new Entry("conv", "b1 224x224x3 -> 64 k7x7 s2 p3 d1 g1", "ResNet-50 stem"));
        list.add(new Entry("conv", "b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1", "ResNet-50 conv2 3x3"));
        list.add(new Entry("conv", "b1 28x28x128 -> 128 k3x3 s1 p1 d1 g1", "ResNet-50 conv3 3x3"));
        list.add(new Entry("conv", "b1 14x14x256 -> 256 k3x3 s1 p1 d1 g1", "ResNet-50 conv4 3x3"));
        list.add(new Entry("conv", "b1 7x7x512 -> 512 k3x3 s1 p1 d1 g1", "ResNet-50 conv5 3x3"));
        list.add(new Entry("conv", "b1 56x56x64 -> 256 k1x1 s1 p0 d1 g1", "ResNet-50 conv2 1x1 expand"));
        list.add(new Entry("conv", "b1 14x14x1024 -> 256 k1x1 s1 p0 d1 g1", "ResNet-50 conv4 1x1 reduce"));
        list.add(new Entry("conv", "b1 7x7x512 -> 2048 k1x1 s1 p0 d1 g1", "ResNet-50 conv5 1x1 expand"));
        list.add(new Entry("conv", "b1 56x56x128 -> 128 k3x3 s2 p1 d1 g1", "ResNet-50 conv3, first 3x3"));
        list.add(new Entry("conv", "b1 56x56x256 -> 512 k1x1 s2 p0 d1 g1", "ResNet-50 conv3 shortcut"));
        list.add(new Entry("conv", "b1 112x112x64 -> 128 k3x3 s1 p1 d1 g1", "VGG-16 conv2_1"));
        list.add(new Entry("conv", "b1 28x28x512 -> 512 k3x3 s1 p1 d1 g1", "VGG-16 conv4_2"));
        list.add(new Entry("conv", "b1 227x227x3 -> 96 k11x11 s4 p0 d1 g1", "AlexNet conv1"));
        list.add(new Entry("conv", "b1 27x27x96 -> 256 k5x5 s1 p2 d1 g2", "AlexNet conv2"));
        list.add(new Entry("conv", "b64 28x28x1 -> 6 k5x5 s1 p2 d1 g1", "LeNet-5 C1, batch 64"));
        list.add(new Entry("conv", "b64 14x14x6 -> 16 k5x5 s1 p0 d1 g1", "LeNet-5 C3, batch 64"));
        list.add(new Entry("conv", "b1 112x112x32 -> 16 k1x1 s1 p0 d1 g1", "MobileNetV2 first projection"));
        list.add(new Entry("conv", "b1 56x56x24 -> 144 k1x1 s1 p0 d1 g1", "MobileNetV2 third expansion"));
        list.add(new Entry("conv", "b1 7x7x320 -> 1280 k1x1 s1 p0 d1 g1", "MobileNetV2 last convolution"));

        list.add(new Entry("depthwise", "b1 112x112x32 -> 32 k3x3 s1 p1 d1 g32", "MobileNetV2 first block"));
        list.add(new Entry("depthwise", "b1 112x112x96 -> 96 k3x3 s2 p1 d1 g96", "MobileNetV2 second block"));
        list.add(new Entry("depthwise", "b1 56x56x144 -> 144 k3x3 s1 p1 d1 g144", "MobileNetV2 third block"));
        list.add(new Entry("depthwise", "b1 56x56x144 -> 144 k3x3 s2 p1 d1 g144", "MobileNetV2 fourth block"));
        list.add(new Entry("depthwise", "b1 14x14x384 -> 384 k3x3 s1 p1 d1 g384", "MobileNetV2 eighth block"));
        list.add(new Entry("depthwise", "b1 14x14x576 -> 576 k3x3 s2 p1 d1 g576", "MobileNetV2 fourteenth block"));

        list.add(new Entry("maxpool", "b1 112x112x64 k3x3 s2 p1 d1", "ResNet-50 after the stem"));
        list.add(new Entry("maxpool", "b1 224x224x64 k2x2 s2 p0 d1", "VGG-16 first pooling"));
        list.add(new Entry("avgpool", "b1 7x7x2048 k7x7 s1 p0 d1", "ResNet-50 global pooling"));
        list.add(new Entry("avgpool", "b64 28x28x6 k2x2 s2 p0 d1", "LeNet-5 S2, batch 64"));
        list.add(new Entry("softmax", "r64 c1000", "ImageNet classes, batch 64"));
        list.add(new Entry("softmax", "r1 c1000", "ImageNet classes, batch 1"));
        list.add(new Entry("relu", "r12544 c64", "ResNet-50 after the stem"));
        list.add(new Entry("add", "r3136 c256", "ResNet-50 conv2 shortcut"));
        list.add(new Entry("exp", "r64 c1000", "inside a softmax over ImageNet's classes, batch 64"));
        list.add(new Entry("tanh", "r50176 c6", "LeNet-5 as published, C1, batch 64"));
        list.add(new Entry("sigmoid", "r6400 c16", "LeNet-5 with sigmoids, C3, batch 64"));
        list.add(new Entry("gelu", "r3136 c384", "ConvNeXt-T, first stage"));
        list.add(new Entry("silu", "r12544 c32", "EfficientNet-B0 after the stem"));
        list.add(new Entry("hardswish", "r12544 c16", "MobileNetV3 after the stem"));

        for (String kernel : List.of("conv", "conv-backward-input", "conv-backward-weights")) {
            list.add(new Entry(kernel, "b64 28x28x1 -> 32 k3x3 s1 p1 d1 g1", CNN + "first layer"));
            list.add(new Entry(kernel, "b64 14x14x32 -> 64 k3x3 s1 p1 d1 g1", CNN + "second layer"));
        }
        return List.copyOf(list);
    }
}
