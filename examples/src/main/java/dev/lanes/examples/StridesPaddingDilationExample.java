package dev.lanes.examples;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** What stride, padding and dilation do to the size of the output, and to the values. */
final class StridesPaddingDilationExample implements Example {
    @Override
    public void run(Page page) {
        Tensor x = Tensor.generate(Shape.of(1, 7, 7, 1), i -> i);
        Tensor ones = Tensor.zeros(3, 3, 1, 1).fill(1);
        page.say("a window of 3x3 that sums, on 7x7 pixels numbered from 0:");
        Window2d plain = Window2d.of(3, 3);
        show(page, "plain", x, ones, plain);
        show(page, "stride 2", x, ones, plain.stride(2));
        show(page, "padding 1", x, ones, plain.padding(1));
        show(page, "stride 2, padding 1", x, ones, plain.stride(2).padding(1));
        show(page, "dilation 2", x, ones, plain.dilation(2));
        show(page, "dilation 3", x, ones, plain.dilation(3));
        page.say("out = floor((in + padding - dilation (k - 1) - 1) / stride) + 1");
    }

    private static void show(Page page, String name, Tensor x, Tensor w, Window2d window) {
        Conv2dGeometry g = Conv2dGeometry.of(1, 7, 7, 1, 1, window);
        Tensor y = page.engine().conv2d(x, w, null, g);
        page.say(
                "%-20s %dx%d, first value %3.0f, last %3.0f   %s",
                name, g.outH(), g.outW(), y.get(0, 0, 0, 0), y.get(0, g.outH() - 1, g.outW() - 1, 0), g);
    }
}
