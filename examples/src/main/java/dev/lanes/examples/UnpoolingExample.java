package dev.lanes.examples;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** Unpooling through switches puts each maximum back where it came from; all other places stay empty. */
final class UnpoolingExample implements Example {
    @Override
    public void run(Page page) {
        Tensor x = Tensor.of(Shape.of(1, 4, 4, 1), 1, 3, 2, 1, 4, 2, 0, 5, 6, 1, 1, 1, 0, 2, 3, 8);
        Pool2dGeometry g = new Pool2dGeometry(1, 4, 4, 1, Window2d.of(2, 2).stride(2));
        int[] switches = new int[4];
        Tensor max = Tensor.zeros(g.outputShape());
        page.engine().pool2d().max(x, g, max, switches);
        Tensor back = Tensor.zeros(g.inputShape());
        page.engine().pool2d().maxBackward(max, switches, g, back);
        page.say("input:");
        page.matrix(" %3.0f", x);
        page.say("maximum of each 2x2:");
        page.matrix(" %3.0f", max);
        page.say("unpooled through the switches:");
        page.matrix(" %3.0f", back);
        page.say("the same values unpooled through the switches of another image land elsewhere:");
        int[] corners = {0, 1, 2, 3};
        page.engine().pool2d().maxBackward(max, corners, g, back);
        page.matrix(" %3.0f", back);
    }
}
