package dev.lanes.examples;

import dev.lanes.layers.nn.ConvolutionMatrix;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** A convolution is linear, so it is a matrix: 2x2 weights on 3x3 pixels are a 4x9 matrix of shifted rows. */
final class ConvolutionMatrixExample implements Example {
    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        Conv2dGeometry g = Conv2dGeometry.of(1, 3, 3, 1, 1, Window2d.of(2, 2));
        Tensor w = Tensor.of(g.weightShape(), 1, 2, 3, 4);
        Tensor x = Tensor.of(g.inputShape(), 5, 1, 0, 2, 7, 3, 1, 4, 6);

        Tensor matrix = ConvolutionMatrix.of(w, g);
        page.say("weights 1 2 / 3 4 as a matrix:");
        page.matrix(" %2.0f", matrix);
        page.say("matrix times the image as a column:");
        page.matrix(" %4.0f", engine.matmul(matrix, x.reshape(Shape.of(9, 1))).reshape(Shape.of(2, 2)));
        page.say("convolution of the image:");
        page.matrix(" %4.0f", engine.conv2d(x, w, null, g));
        page.say("its transpose carries gradients back: 1 at the first output reaches four pixels");
        Tensor dx = Tensor.zeros(g.inputShape());
        engine.conv2d().backwardInput(Tensor.of(g.outputShape(), 1, 0, 0, 0), w, g, dx);
        page.matrix(" %4.0f", dx);
    }
}
