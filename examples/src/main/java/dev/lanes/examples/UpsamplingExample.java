package dev.lanes.examples;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.Upsample2d;
import dev.lanes.layers.ops.Resample2dOp.Extent;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/** Larger images by repeating pixels or by what lies between them; the corners are aligned, or the pixels' areas. */
final class UpsamplingExample implements Example {
    @Override
    public void run(Page page) {
        Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 0, 10, 20, 30);
        Extent twice = Extent.times(2);
        show(page, "nearest:", Upsample2d.nearest(2), x);
        show(page, "bilinear, corners aligned:", Upsample2d.bilinear(twice, twice, true), x);
        show(page, "bilinear, areas aligned:", Upsample2d.bilinear(twice, twice, false), x);
        show(page, "bicubic, areas aligned, which overshoots:", Upsample2d.bicubic(twice, twice, false), x);
    }

    private static void show(Page page, String name, Layer layer, Tensor x) {
        Pass pass = Pass.evaluation(Tape.none(page.engine()));
        page.say("%s", name);
        page.matrix(" %6.2f", layer.forward(pass.tape().constant(x), pass).value());
    }
}
