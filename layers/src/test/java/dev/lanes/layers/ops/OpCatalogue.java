package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;

/**
 * Every op of the library, with inputs to check it on; {@link OpCatalogueTest} runs the same checks on all of them, and
 * fails for an op that is missing here.
 */
final class OpCatalogue {
    /** How differences are taken of an op. */
    record Step(double h, float reach, double truncation) {
        /** For what is at most quadratic, so that centred differences are exact. */
        static final Step LARGE = new Step(1, 1f, 0);
        /** For what is linear between kinks a quarter apart. */
        static final Step BETWEEN_KINKS = new Step(1, 0.1f, 0);
    }

    /** Inputs that an op is checked on; {@code terms} is the length of its longest sum. */
    record Sample(String label, Op op, List<Tensor> inputs, int terms, Step step) {
        @Override
        public String toString() {
            return op + " " + label;
        }
    }

    /** A point without a derivative, the gradient by the output there, and the gradient by the input the op chooses. */
    record Kink(Op op, Tensor x, Tensor dOut, Tensor dIn) {
        @Override
        public String toString() {
            return op.name() + " at " + x;
        }
    }

    /** Shapes that do not fit, and what the op says. */
    record Misfit(Op op, String message, List<Shape> shapes) {
        static Misfit of(Op op, String message, Shape... shapes) {
            return new Misfit(op, message, List.of(shapes));
        }

        @Override
        public String toString() {
            return message;
        }
    }

    /** All there is to know of one op. */
    record Entry(Class<? extends Op> type, List<Sample> samples, List<Kink> kinks, List<Misfit> misfits) {}

    private final DerivativeChecks checks;

    OpCatalogue(Engine engine, long seed) {
        checks = new DerivativeChecks(engine, seed);
    }

    List<Entry> entries() {
        return List.of(relu(), reshape(), linear(), conv2d(), maxPool2d(), softmaxCrossEntropy());
    }

    private Entry relu() {
        Op op = ReluOp.RELU;
        return new Entry(
                ReluOp.class,
                List.of(
                        new Sample("a vector and a tail", op, apart(3, 17), 1, Step.BETWEEN_KINKS),
                        new Sample("one value", op, List.of(Tensor.of(Shape.of(1), 0.5f)), 1, Step.BETWEEN_KINKS)),
                List.of(new Kink(
                        op,
                        Tensor.of(Shape.of(3), 0, -0f, 1),
                        Tensor.of(Shape.of(3), 5, 6, 7),
                        Tensor.of(Shape.of(3), 0, 0, 7))),
                List.of(Misfit.of(op, "relu: there are 2 inputs, needs 1", Shape.of(1), Shape.of(1))));
    }

    private Entry reshape() {
        Op to = ReshapeOp.to(Shape.of(4, 6));
        return new Entry(
                ReshapeOp.class,
                List.of(
                        new Sample("of images", ReshapeOp.FLATTEN, uniform(2, 3, 2, 5), 1, Step.LARGE),
                        new Sample("to a matrix", to, uniform(2, 3, 4), 1, Step.LARGE),
                        new Sample("of one value", ReshapeOp.FLATTEN, uniform(1), 1, Step.LARGE)),
                List.of(),
                List.of(Misfit.of(to, "reshape: input [5] has 5 elements, [4, 6] needs 24", Shape.of(5))));
    }

    private Entry linear() {
        Op op = LinearOp.LINEAR;
        return new Entry(
                LinearOp.class,
                List.of(
                        new Sample(
                                "with bias", op, uniform(Shape.of(5, 7), Shape.of(7, 11), Shape.of(11)), 8, Step.LARGE),
                        new Sample("without bias", op, uniform(Shape.of(3, 17), Shape.of(17, 4)), 17, Step.LARGE),
                        new Sample(
                                "one by one", op, uniform(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1)), 2, Step.LARGE)),
                List.of(),
                List.of(Misfit.of(
                        op,
                        "linear: input has 3 columns, weights need 5; x=[2, 3] w=[5, 4]",
                        Shape.of(2, 3),
                        Shape.of(5, 4))));
    }

    private Entry conv2d() {
        Op plain = new Conv2dOp(Window2d.of(3, 3).padding(1), 1);
        Op grouped = new Conv2dOp(Window2d.of(2, 3).stride(2), 2);
        Op depthwise = new Conv2dOp(Window2d.of(3, 3).dilation(2), 3);
        Op pointwise = new Conv2dOp(Window2d.of(1, 1), 1);
        return new Entry(
                Conv2dOp.class,
                List.of(
                        sample("padded", plain, 2 * 36 + 18, Shape.of(2, 6, 6, 2), Shape.of(3, 3, 2, 4), Shape.of(4)),
                        sample("strided", grouped, 40, Shape.of(2, 6, 7, 4), Shape.of(2, 3, 2, 6)),
                        sample("depthwise, dilated", depthwise, 40, Shape.of(1, 7, 7, 3), Shape.of(3, 3, 1, 3)),
                        sample("pointwise", pointwise, 40, Shape.of(1, 5, 5, 17), Shape.of(1, 1, 17, 1), Shape.of(1))),
                List.of(),
                List.of(Misfit.of(
                        plain,
                        "conv2d: input has 3 channels, weights need 2; x=[1, 4, 4, 3] w=[3, 3, 2, 4] groups=1",
                        Shape.of(1, 4, 4, 3),
                        Shape.of(3, 3, 2, 4))));
    }

    private Entry maxPool2d() {
        Op halving = new MaxPool2dOp(Window2d.of(2, 2).stride(2));
        Op overlapping = new MaxPool2dOp(Window2d.of(3, 3).stride(2).padding(1));
        Op whole = new MaxPool2dOp(Window2d.of(4, 4));
        return new Entry(
                MaxPool2dOp.class,
                List.of(
                        new Sample("halving", halving, apart(2, 6, 4, 3), 4, Step.BETWEEN_KINKS),
                        new Sample("overlapping", overlapping, apart(1, 7, 9, 2), 9, Step.BETWEEN_KINKS),
                        new Sample("of whole images", whole, apart(1, 4, 4, 17), 16, Step.BETWEEN_KINKS)),
                List.of(new Kink(
                        halving,
                        Tensor.of(Shape.of(1, 2, 2, 1), 1, 5, 5, 5),
                        Tensor.of(Shape.of(1, 1, 1, 1), 3),
                        Tensor.of(Shape.of(1, 2, 2, 1), 0, 3, 0, 0))),
                List.of(Misfit.of(
                        halving,
                        "maxPool2d: input is [4, 4], needs [batch, height, width, channels]",
                        Shape.of(4, 4))));
    }

    private Entry softmaxCrossEntropy() {
        Op op = new SoftmaxCrossEntropyOp(new int[] {3, 0, 9, 3, 7});
        Op one = new SoftmaxCrossEntropyOp(new int[] {1});
        // The third derivative of log-sum-exp along v is a third central moment of v, at most (2 max|v|)^3 = 8.
        double h = 0x1p-6;
        Step step = new Step(h, 1f, h * h / 6 * 8);
        return new Entry(
                SoftmaxCrossEntropyOp.class,
                List.of(
                        new Sample("of a batch", op, uniform(5, 10), 60, step),
                        new Sample("of one row", one, uniform(1, 2), 20, step)),
                List.of(),
                List.of(Misfit.of(
                        op, "softmaxCrossEntropy: there are 5 labels for 2 rows of scores [2, 4]", Shape.of(2, 4))));
    }

    private Sample sample(String label, Op op, int terms, Shape... shapes) {
        return new Sample(label, op, uniform(shapes), terms, Step.LARGE);
    }

    private List<Tensor> apart(int... dims) {
        return List.of(checks.apart(Shape.of(dims)));
    }

    private List<Tensor> uniform(int... dims) {
        return uniform(Shape.of(dims));
    }

    private List<Tensor> uniform(Shape... shapes) {
        return List.of(shapes).stream().map(checks::uniform).toList();
    }
}
