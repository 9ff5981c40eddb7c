package dev.lanes.bench.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What belongs together: rows, and who is measured on them.
 *
 * @param name as in the rows
 * @param ours the contestant that stands for lanes
 * @param peers the others, the important ones first
 * @param entries the rows
 */
public record Suite(String name, String ours, List<String> peers, List<Entry> entries) {
    private static final String LANES = "lanes";

    /** Returns the suite of a name; {@code all} is every suite one behind the other. */
    public static List<Suite> of(String name) {
        return switch (name) {
            case "kernels" ->
                List.of(new Suite(
                        name,
                        LANES,
                        List.of("onednn", "openblas", "mkl", "netlib", "ejml", "ojalgo", "scalar", "reference"),
                        KernelList.all()));
            case "layers" -> List.of(new Suite(name, LANES, List.of("pytorch"), layers()));
            case "training" -> List.of(new Suite(name, LANES, List.of("pytorch"), networks()));
            case "ffi" -> List.of(new Suite(name, "lanes-openblas", List.of("openblas", "lanes-vector"), calls()));
            case "all" -> {
                List<Suite> all = new ArrayList<>();
                for (String each : List.of("kernels", "layers", "training", "ffi")) {
                    all.addAll(of(each));
                }
                yield all;
            }
            default -> throw new IllegalArgumentException("no suite " + name);
        };
    }

    /** Tells whether calls of ours make tensors; the rows of a suite are of one kind. */
    public boolean makesTensors() {
        return entries.stream()
                .limit(1)
                .anyMatch(e -> Problem.of(e.kernel(), e.shape()).makesTensors());
    }

    private static List<Entry> networks() {
        List<Entry> list = new ArrayList<>();
        for (String step : List.of("train b64", "infer b64", "infer b1")) {
            list.add(new Entry("mlp-784-512-10", step, "two-layer perceptron for 28x28 digits"));
            list.add(new Entry("lenet-5", step, "LeNet-5 with 6 and 16 maps, ReLU, maximum pooling"));
            list.add(new Entry("lenet-20-50-500", step, "LeNet with 20 and 50 maps, 500 hidden"));
            list.add(new Entry("cnn-32-64-128", step, "3x3 convolutions with 32 and 64 maps, each pooled, 128 hidden"));
        }
        return list;
    }

    private static List<Entry> layers() {
        List<Entry> list = new ArrayList<>();
        for (String part : List.of("forward", "step")) {
            list.add(new Entry("Conv2d." + part, "b16 14x14x32 -> 64 k3x3 s1 p1 d1 g1", "CNN 32-64-128, second layer"));
            list.add(new Entry("Conv2d." + part, "b16 28x28x1 -> 6 k5x5 s1 p2 d1 g1", "LeNet-5, first layer"));
            list.add(new Entry("Linear." + part, "NN m64 n512 k784", "MLP 784-512-10, first layer"));
            list.add(new Entry("MaxPool2d." + part, "b16 28x28x32 k2x2 s2 p0 d1", "CNN 32-64-128, first pooling"));
        }
        return list;
    }

    private static List<Entry> calls() {
        List<Entry> list = new ArrayList<>();
        for (int n : new int[] {32, 64, 128, 256, 384, 512, 1024}) {
            list.add(new Entry("sgemm", "NN m" + n + " n" + n + " k" + n, "square, through the bindings"));
        }
        list.add(new Entry("sgemm", "NN m3136 n64 k576", "ResNet-50 conv2 3x3 as a product, through the bindings"));
        list.add(new Entry("sgemm", "NN m64 n1000 k2048", "ResNet-50 last layer, batch 64, through the bindings"));
        return list;
    }

    /** Returns this suite with the rows that match. */
    public Suite only(Predicate<Entry> wanted) {
        return new Suite(name, ours, peers, entries.stream().filter(wanted).toList());
    }
}
