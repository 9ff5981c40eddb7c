package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;

/** The checks that the groups of operations share. They make nothing, so that a call whose operands fit allocates nothing. */
final class Checks {
    private Checks() {}

    /** Throws if an output shares memory with an input that is still read while the output is written. */
    static void apart(String operation, String outName, Tensor out, String inName, Tensor in) {
        if (out.array() == in.array()
                && out.offset() < in.offset() + in.elements()
                && in.offset() < out.offset() + out.elements()) {
            throw new IllegalArgumentException(
                    operation + ": " + outName + " must not share memory with " + inName + ", which is still read");
        }
    }

    /** Throws if an output overlaps an input without being exactly it: then elements would be read after a write. */
    static void apartOrSame(String operation, String outName, Tensor out, String inName, Tensor in) {
        if (out.offset() != in.offset() || out.elements() != in.elements()) {
            apart(operation, outName, out, inName, in);
        }
    }

    /** Throws unless an operand has the shape {@code [length]}. */
    static void vector(String operation, String name, Tensor operand, int length) {
        if (!operand.shape().is(length)) {
            ShapeMismatchException.require(operation, name, operand.shape(), Shape.of(length));
        }
    }

    /** Throws unless an operand has the shape {@code [rows, columns]}. */
    static void matrix(String operation, String name, Tensor operand, int rows, int columns) {
        if (!operand.shape().is(rows, columns)) {
            ShapeMismatchException.require(operation, name, operand.shape(), Shape.of(rows, columns));
        }
    }

    /** Throws unless an operand has the shape of a convolution's input. */
    static void input(String operation, String name, Tensor operand, Conv2dGeometry g) {
        if (!operand.shape().is(g.batch(), g.inH(), g.inW(), g.inC())) {
            ShapeMismatchException.require(operation, name, operand.shape(), g.inputShape(), g);
        }
    }

    /** Throws unless an operand has the shape of a convolution's output. */
    static void output(String operation, String name, Tensor operand, Conv2dGeometry g) {
        if (!operand.shape().is(g.batch(), g.outH(), g.outW(), g.outC())) {
            ShapeMismatchException.require(operation, name, operand.shape(), g.outputShape(), g);
        }
    }

    /** Throws unless an operand has the shape of a convolution's weights. */
    static void weights(String operation, String name, Tensor operand, Conv2dGeometry g) {
        if (!operand.shape().is(g.window().kH(), g.window().kW(), g.inCPerGroup(), g.outC())) {
            ShapeMismatchException.require(operation, name, operand.shape(), g.weightShape(), g);
        }
    }

    /** Throws unless an operand has the shape of a pooling's input. */
    static void input(String operation, String name, Tensor operand, Pool2dGeometry g) {
        if (!operand.shape().is(g.batch(), g.inH(), g.inW(), g.channels())) {
            ShapeMismatchException.require(operation, name, operand.shape(), g.inputShape(), g);
        }
    }

    /** Throws unless an operand has the shape of a pooling's output. */
    static void output(String operation, String name, Tensor operand, Pool2dGeometry g) {
        if (!operand.shape().is(g.batch(), g.outH(), g.outW(), g.channels())) {
            ShapeMismatchException.require(operation, name, operand.shape(), g.outputShape(), g);
        }
    }
}
