package dev.lanes.examples;

import java.util.List;
import java.util.Optional;

/** All topics, in the order of the course. */
public final class Course {
    /** The topics in order. */
    public static final List<Topic> TOPICS = List.of(
            new Topic(
                    "perceptron",
                    "a neuron that learns from its mistakes what a line separates",
                    new PerceptronExample()),
            new Topic("activations", "values and slopes of nine activations", new ActivationsExample()),
            new Topic(
                    "linear-softmax",
                    "linear scores as probabilities, and where lines do not suffice",
                    new LinearSoftmaxExample()),
            new Topic(
                    "two-layer-mlp",
                    "a hidden layer, forward and backward written out, rate 0.2",
                    new TwoLayerMlpExample()),
            new Topic("n-layer-mlp", "any number of layers, the tape finds the gradients", new NLayerMlpExample()),
            new Topic("losses", "who forgives outliers, who punishes confident errors", new LossesExample()),
            new Topic("entropy", "entropy, cross-entropy and divergence in bits", new EntropyExample()),
            new Topic(
                    "initialisers",
                    "how weights must begin for a signal to survive many layers",
                    new InitialisersExample()),
            new Topic("gradient-descent", "a valley walked down at four rates", new GradientDescentExample()),
            new Topic("mini-batch-sgd", "the same examples in steps of one, some, or all", new MiniBatchSgdExample()),
            new Topic("optimisers", "seven of them on the same network", new OptimisersExample()),
            new Topic("schedules", "how the learning rate goes down, and up", new SchedulesExample()),
            new Topic("recipe", "split, check, overfit, choose, and judge once", new RecipeExample()),
            new Topic("augmentation", "images moved, turned and mirrored", new AugmentationExample()),
            new Topic(
                    "finite-differences",
                    "derivatives from values, between two errors",
                    new FiniteDifferencesExample()),
            new Topic("symbolic", "derivatives of formulas as formulas", new SymbolicExample()),
            new Topic(
                    "dual-numbers", "forward mode: numbers that carry their rate of change", new DualNumbersExample()),
            new Topic("reverse-mode", "one walk back gives all gradients", new ReverseModeExample()),
            new Topic(
                    "backpropagation",
                    "the four examples of the textbook, value by value, forwards and back",
                    new BackpropagationExample()),
            new Topic("convolution-matrix", "a convolution as a 4x9 matrix", new ConvolutionMatrixExample()),
            new Topic("im2col", "a convolution as a product with the windows of the image", new Im2colExample()),
            new Topic(
                    "strides-padding-dilation",
                    "what they do to sizes and values",
                    new StridesPaddingDilationExample()),
            new Topic(
                    "depthwise-separable",
                    "1,228,800 against 53,952 multiplications, then measured",
                    new DepthwiseSeparableExample()),
            new Topic("pooling", "maximum with switches, and average", new PoolingExample()),
            new Topic(
                    "transposed-convolution",
                    "a convolution backwards makes images larger",
                    new TransposedConvolutionExample()),
            new Topic("unpooling", "maxima put back where they came from", new UnpoolingExample()),
            new Topic("upsampling", "nearest, bilinear and bicubic", new UpsamplingExample()),
            new Topic("batch-norm", "by the batch in training, by running statistics in use", new BatchNormExample()),
            new Topic("dropout", "zeros at random in training, nothing in use", new DropoutExample()),
            new Topic("lenet", "LeNet-5, layer by layer, and taught", new LeNetExample()),
            new Topic("alexnet", "as published, counted, and with layers left out", new AlexNetExample()),
            new Topic("networks", "what came since: parameters and multiplications", new NetworksExample()),
            new Topic(
                    "visualisation", "what a feature answers to, and which pixels matter", new VisualisationExample()),
            new Topic("nearest-neighbours", "k and the metric chosen by validation", new NearestNeighboursExample()),
            new Topic("k-means", "step by step, and how much hangs on the start; with pictures", new KMeansExample()));

    private Course() {}

    /** Returns a topic by name, if there is one. */
    public static Optional<Topic> find(String name) {
        return TOPICS.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
