package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ImageOps;
import dev.lanes.numerics.NormOps;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.AxisTaps;
import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What normalisations, resampling and dropout say of operands that do not fit, word for word. */
@Tag("once") // the checks stand before the choice of a kernel
class LayerOperationErrorsTest {
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = Engine.builder().backend("reference").threads(1).build();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Tensor zeros(int... dims) {
        return Tensor.zeros(dims);
    }

    private static void mismatch(String message, Executable code) {
        assertEquals(message, assertThrows(ShapeMismatchException.class, code).getMessage());
    }

    private static void refused(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void should_name_normalisations_that_do_not_fit() {
        NormOps norm = engine.normalise();
        NormGeometry g = new NormGeometry(1, 4, 3, 3);
        Tensor x = zeros(4, 3);
        Tensor three = zeros(3);
        mismatch(
                "normalise.statistics: input [5, 3] has 15 elements, needs 12; b1 r4 c3 g3",
                () -> norm.statistics(zeros(5, 3), g, three, zeros(3)));
        refused(
                "normalise.statistics: variances must not share memory with means, which is still read",
                () -> norm.statistics(x, g, three, three));
        mismatch(
                "normalise: scale [4] has 4 elements, needs 3; b1 r4 c3 g3",
                () -> norm.forward(x, g, three, three, zeros(4), three, zeros(4, 3)));
        mismatch(
                "normalise.backward: input gradient [2] has 2 elements, needs 12; b1 r4 c3 g3",
                () -> norm.backward(x, zeros(4, 3), g, three, three, three, zeros(2), zeros(3), zeros(3)));
        refused(
                "normalise.backward: input gradient must not share memory with input, which is still read",
                () -> norm.backward(x, zeros(4, 3), g, three, three, three, x, zeros(3), zeros(3)));
        mismatch(
                "normalise.inverseDeviation: output [2], needs as many elements as the variances [3]",
                () -> norm.inverseDeviation(three, 0, zeros(2)));
    }

    @Test
    void should_name_images_that_do_not_fit() {
        ImageOps images = engine.images();
        Resample2dGeometry g = new Resample2dGeometry(1, 2, AxisTaps.nearest(2, 4), AxisTaps.nearest(3, 3));
        mismatch(
                "resample2d: output is [1, 4, 3, 1], needs [1, 4, 3, 2]; b1 c2 nearest 2->4 | nearest 3->3",
                () -> images.resample(zeros(1, 2, 3, 2), g, zeros(1, 4, 3, 1)));
        mismatch(
                "copyColumns: input [2, 3] and output [3, 3] are not as many rows of 3 and 3",
                () -> images.copyColumns(zeros(2, 3), 3, 0, zeros(3, 3), 3, 0, 3));
        mismatch(
                "copyColumns: 2 columns from 2 of 3 do not fit 0 and on of 3",
                () -> images.copyColumns(zeros(2, 3), 3, 2, zeros(2, 3), 3, 0, 2));
        LrnGeometry lrn = new LrnGeometry(2, 3, 5, 1, 0.75, 1);
        mismatch(
                "lrn: input [2] has 2 elements, needs 6; r2 c3 n5 a1.0 b0.75 k1.0",
                () -> images.lrn(zeros(2), lrn, zeros(6)));
        refused(
                "dropout: the probability is 1.0, needs 0 <= probability < 1",
                () -> engine.elementwise().dropout(zeros(2), 1, 0, zeros(2)));
        mismatch("dropout: output is [3], needs [2]", () -> engine.elementwise().dropout(zeros(2), 0.5, 0, zeros(3)));
    }
}
