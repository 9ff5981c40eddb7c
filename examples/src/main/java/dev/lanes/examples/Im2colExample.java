package dev.lanes.examples;

import dev.lanes.layers.nn.ConvolutionMatrix;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** The other way round: the image becomes the matrix, a window a row, and one product does all channels. */
final class Im2colExample implements Example {
    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        Conv2dGeometry g = Conv2dGeometry.of(1, 3, 3, 1, 2, Window2d.of(2, 2));
        Tensor x = Tensor.of(g.inputShape(), 5, 1, 0, 2, 7, 3, 1, 4, 6);
        Tensor w = Tensor.of(g.weightShape(), 1, 1, 2, 0, 3, 0, 4, -1);

        Tensor rows = ConvolutionMatrix.im2col(x, g);
        page.say("the four windows of the image, a row each:");
        page.matrix(" %2.0f", rows);
        page.say("times the weights, a column each for two output channels:");
        page.matrix(" %3.0f", w.reshape(Shape.of(4, 2)));
        page.say("gives the outputs, a row a pixel:");
        page.matrix(" %3.0f", engine.matmul(rows, w.reshape(Shape.of(4, 2))));
        page.say("and so does the convolution:");
        page.matrix(" %3.0f", engine.conv2d(x, w, null, g).reshape(Shape.of(4, 2)));
        page.say("the price: each pixel is copied up to kH x kW times, which direct kernels save");
    }
}
