package dev.lanes.bench.problems;

import java.util.function.IntToDoubleFunction;

/**
 * A problem that every contestant solves on the same numbers: it hands out the operands and knows each element of the
 * right answer.
 */
public sealed interface Problem
        permits GemmProblem, ConvProblem, PoolProblem, RowsProblem, FunctionProblem, NetworkProblem, LayerProblem {
    /** Returns the name of the operation, as it stands in the rows. */
    String kernel();

    /** Returns the text form of the geometry. */
    String shape();

    /** Returns the floating-point operations of one call. */
    double flops();

    /** Returns the bytes of all operands, once each. */
    double bytes();

    /** Returns the number of elements of the answer. */
    int answers();

    /** Returns an element of the right answer, computed by the definition in double precision. */
    double expected(int index);

    /** Returns how far an element may be off. */
    double tolerance();

    /**
     * Returns the bytes that a call of ours takes at most on the Java heap once it is compiled: the small objects of a step
     * of training. Vectors in objects are some three bytes a floating-point operation, far above it.
     */
    default long compiledAllocation() {
        return 100_000;
    }

    /** Tells whether a call of ours makes tensors, so that its JVM has to own its heap before it is measured. */
    default boolean makesTensors() {
        return false;
    }

    /** Returns how many products make one element: what checking one costs. */
    int reductionLength();

    /**
     * Compares an answer with the right one: every element where that is quick, else evenly spread ones and the ends.
     *
     * @throws IllegalStateException if an element is further off than rounding allows
     */
    default void verify(IntToDoubleFunction answer) {
        final int budget = 4_000_000;
        int checked = Math.max(1, Math.min(answers(), budget / reductionLength()));
        for (int i = 0; i < checked; i++) {
            int index = checked == 1 ? 0 : (int) ((long) i * (answers() - 1) / (checked - 1));
            double expected = expected(index);
            double error = Math.abs(answer.applyAsDouble(index) - expected);
            if (!(error <= tolerance())) {
                throw new IllegalStateException(
                        kernel() + " " + shape() + ": element " + index + " is " + answer.applyAsDouble(index)
                                + ", needs " + expected + "; the error " + error + " is above " + tolerance());
            }
        }
    }

    /** Returns the problem of a kernel and a shape, the inverse of {@link #kernel} and {@link #shape}. */
    static Problem of(String kernel, String shape) {
        return switch (kernel) {
            case "sgemm", "sgemm-packed", "sgemv", "dgemm" -> new GemmProblem(kernel, shape);
            case "conv", "depthwise", "conv-backward-input", "conv-backward-weights" -> new ConvProblem(kernel, shape);
            case "maxpool", "avgpool" -> new PoolProblem(kernel, shape);
            case "softmax", "relu", "add" -> new RowsProblem(kernel, shape);
            case "exp", "tanh", "sigmoid", "gelu", "silu", "hardswish" -> new FunctionProblem(kernel, shape);
            case "mlp-784-512-10", "lenet-5", "lenet-20-50-500", "cnn-32-64-128" -> new NetworkProblem(kernel, shape);
            case "Conv2d.forward",
                    "Conv2d.step",
                    "Linear.forward",
                    "Linear.step",
                    "MaxPool2d.forward",
                    "MaxPool2d.step" -> new LayerProblem(kernel, shape);
            default -> throw new IllegalArgumentException("no kernel " + kernel);
        };
    }
}
