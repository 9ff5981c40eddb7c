package dev.lanes.examples;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Arrays;

/** Maximum and average of each 2x2 window; the maximum remembers who won, and its gradient goes there alone. */
final class PoolingExample implements Example {
    @Override
    public void run(Page page) {
        Tensor x = Tensor.of(Shape.of(1, 4, 4, 1), 1, 3, 2, 1, 4, 2, 0, 5, 6, 1, 1, 1, 0, 2, 3, 8);
        Pool2dGeometry g = new Pool2dGeometry(1, 4, 4, 1, Window2d.of(2, 2).stride(2));
        int[] switches = new int[4];
        Tensor max = Tensor.zeros(g.outputShape());
        page.engine().pool2d().max(x, g, max, switches);
        page.say("input:");
        page.matrix(" %4.0f", x);
        page.say("maximum, and which of the four won (%s):", Arrays.toString(switches));
        page.matrix(" %4.0f", max);
        Tensor average = Tensor.zeros(g.outputShape());
        page.engine().pool2d().average(x, g, false, average);
        page.say("average:");
        page.matrix(" %5.2f", average);
        Tensor dx = Tensor.zeros(g.inputShape());
        page.engine().pool2d().maxBackward(Tensor.of(g.outputShape(), 10, 20, 30, 40), switches, g, dx);
        page.say("gradients 10, 20, 30, 40 of the maxima go back to the winners:");
        page.matrix(" %4.0f", dx);
    }
}
