package dev.lanes.examples;

import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** A transposed convolution makes images larger: every pixel spreads over a window, and what overlaps adds up. */
final class TransposedConvolutionExample implements Example {
    @Override
    public void run(Page page) {
        for (int stride = 1; stride <= 2; stride++) {
            Window2d window = Window2d.of(3, 3).stride(stride);
            int out = (2 - 1) * stride + 3;
            // The convolution whose transpose is meant goes the other way, from the large image to the small one.
            Conv2dGeometry g = Conv2dGeometry.of(1, out, out, 1, 1, window);
            Tensor x = Tensor.of(g.outputShape(), 1, 2, 3, 4);
            Tensor w = Tensor.zeros(g.weightShape()).fill(1);
            Tensor y = Tensor.zeros(g.inputShape());
            page.engine().conv2d().transposed(x, w, null, g, y);
            page.say("1 2 / 3 4 spread by 3x3 ones, stride %d: (2 - 1) %d + 3 = %d pixels a side", stride, stride, out);
            page.matrix(" %3.0f", y);
        }
        page.say("where windows overlap unevenly, as here with stride 2, trained networks show a chessboard");
    }
}
