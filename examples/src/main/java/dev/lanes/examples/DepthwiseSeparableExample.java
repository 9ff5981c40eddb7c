package dev.lanes.examples;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** A 5x5 convolution of 3 to 256 channels against depthwise 5x5 then pointwise: 23 times fewer multiplications. */
final class DepthwiseSeparableExample implements Example {
    @Override
    public void run(Page page) {
        Window2d five = Window2d.of(5, 5);
        Conv2dGeometry full = Conv2dGeometry.of(1, 12, 12, 3, 256, five);
        Conv2dGeometry depthwise = new Conv2dGeometry(1, 12, 12, 3, 3, 3, five);
        Conv2dGeometry pointwise = Conv2dGeometry.of(1, 8, 8, 3, 256, Window2d.of(1, 1));
        page.say("full      %-32s %,9d multiplications", full, full.flops() / 2);
        page.say("depthwise %-32s %,9d", depthwise, depthwise.flops() / 2);
        page.say("pointwise %-32s %,9d", pointwise, pointwise.flops() / 2);
        long both = (depthwise.flops() + pointwise.flops()) / 2;
        page.say("%,d against %,d: %.1f times", full.flops() / 2, both, full.flops() / 2.0 / both);

        double fullTime = time(page, full);
        double separableTime = time(page, depthwise) + time(page, pointwise);
        page.measured("full %.1f us, separable %.1f us: %.1f times", fullTime, separableTime, fullTime / separableTime);
        page.say("in time the factor is smaller: the smaller the work, the more it is bound by memory and calls");
    }

    /** Returns the best of many runs in microseconds. */
    private static double time(Page page, Conv2dGeometry g) {
        Tensor x = ones(g.inputShape());
        Tensor w = ones(g.weightShape());
        Tensor y = ones(g.outputShape());
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3000; i++) {
            long start = System.nanoTime();
            page.engine().conv2d().forward(x, w, null, g, y);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e3;
    }

    private static Tensor ones(Shape shape) {
        return Tensor.zeros(shape).fill(1);
    }
}
