package dev.lanes.layers.visualise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VisualiseTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final int SIDE = 12;

    private final RandomGenerator random = new SeededRandom(8);
    private final Sequential net = Sequential.builder()
            .add(
                    "block",
                    Sequential.builder()
                            .add("conv", Conv2d.builder(2, 5, 3).padding(1).build(random))
                            .add("relu", new ReLU())
                            .build())
            .add("pool", new MaxPool2d(2))
            .add("conv2", Conv2d.builder(5, 4, 3).build(random))
            .add("relu2", new ReLU())
            .add("flatten", new Flatten())
            .add("fc", Linear.builder(4 * 4 * 4, 3).build(random))
            .build();
    private final Tensor image = images(1);

    private Tensor images(int n) {
        return Tensor.generate(Shape.of(n, SIDE, SIDE, 2), i -> random.nextGaussian());
    }

    private float score(Tensor x, int c) {
        Pass pass = Pass.evaluation(Tape.none(ENGINE));
        return net.forward(pass.tape().constant(x), pass).value().get(0, c);
    }

    @Test
    void should_see_what_the_network_computes() {
        Activations seen = Activations.of(net, image, ENGINE);

        assertEquals(
                List.of("block.conv", "block.relu", "pool", "conv2", "relu2", "flatten", "fc"),
                seen.steps().stream().map(Step::name).toList());
        assertEquals(score(image, 1), seen.output(6).get(0, 1));
        assertEquals(Shape.of(1, 4, 4, 4), seen.output(seen.indexOf("relu2")).shape());
        assertThrows(IllegalArgumentException.class, () -> seen.indexOf("conv3"));
        assertThrows(ShapeMismatchException.class, () -> Activations.of(net, images(2), ENGINE));
        assertThrows(ShapeMismatchException.class, () -> seen.peak(6, 0));
    }

    /** Up to the first layer of which no rectifier lies below, the way back is the gradient; so is that of a lone value. */
    @Test
    void should_project_as_the_gradient_does_where_no_rectifier_is_in_the_way() {
        Activations seen = Activations.of(net, image, ENGINE);
        Tensor pixels = Deconvnet.project(seen, seen.indexOf("block.relu"), 3);

        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(image);
        Variable y = seen.steps().getFirst().layer().forward(x, Pass.evaluation(tape));
        Peak peak = seen.peak(1, 3);
        Tensor seed = Tensor.zeros(y.shape());
        seed.set(peak.value(), 0, peak.y(), peak.x(), 3);

        assertArrayEquals(tape.backward(y, seed).of(x).toArray(), pixels.toArray());
    }

    /** By hand: 1x1 weights 2 then a pooling; the signal -1 dies at the rectifier whatever went forward. */
    @Test
    void should_rectify_the_signal_and_unpool_through_the_switches() {
        Sequential small = Sequential.builder()
                .add("conv", Conv2d.builder(1, 1, 1).build(random))
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .build();
        ((Conv2d) small.children().getFirst().layer()).weight().value().fill(2);
        Tensor x = Tensor.of(Shape.of(1, 2, 4, 1), 1, 5, 3, 0, 2, 4, 0, 7);
        Activations seen = Activations.of(small, x, ENGINE);

        Tensor back = Deconvnet.project(seen, 2, Tensor.of(Shape.of(1, 1, 2, 1), 10, -1));

        assertArrayEquals(new float[] {0, 20, 0, 0, 0, 0, 0, 0}, back.toArray());
    }

    @Test
    void should_find_how_much_each_pixel_matters() {
        Tensor map = Saliency.of(net, image, 2, ENGINE);

        assertEquals(Shape.of(SIDE, SIDE), map.shape());
        for (int[] at : new int[][] {{0, 0}, {5, 7}, {11, 11}, {3, 2}}) {
            float most = 0;
            for (int c = 0; c < 2; c++) {
                Tensor up = image.copy();
                Tensor down = image.copy();
                up.set(image.get(0, at[0], at[1], c) + 1e-2f, 0, at[0], at[1], c);
                down.set(image.get(0, at[0], at[1], c) - 1e-2f, 0, at[0], at[1], c);
                most = Math.max(most, Math.abs(score(up, 2) - score(down, 2)) / 2e-2f);
            }
            assertEquals(most, map.get(at), 2e-3f * (1 + most));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> Saliency.of(net, image, 3, ENGINE));
    }

    /** What lies outside of the field has no influence; what lies at its rim has. */
    @Test
    void should_know_the_field_of_a_value() {
        Activations seen = Activations.of(net, image, ENGINE);
        int relu2 = seen.indexOf("relu2");

        assertEquals(new ReceptiveField(0, 0, 2, 2), ReceptiveField.of(seen, 0, 0, 0));
        assertEquals(new ReceptiveField(3, 5, 8 - 0, 7), ReceptiveField.of(seen, relu2, 2, 3));
        assertEquals(new ReceptiveField(0, 0, SIDE, SIDE), ReceptiveField.of(seen, seen.indexOf("fc"), 0, 0));

        int conv2 = seen.indexOf("conv2");
        ReceptiveField field = ReceptiveField.of(seen, conv2, 1, 1);
        Tensor changed = image.copy();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = y >= field.top()
                        && x >= field.left()
                        && y < field.top() + field.height()
                        && x < field.left() + field.width();
                if (!inside) {
                    changed.set(99, 0, y, x, 0);
                }
            }
        }
        Activations other = Activations.of(net, changed, ENGINE);
        assertEquals(seen.output(conv2).get(0, 1, 1, 2), other.output(conv2).get(0, 1, 1, 2));
        assertTrue(seen.output(conv2).get(0, 3, 3, 2) != other.output(conv2).get(0, 3, 3, 2));
    }

    @Test
    void should_find_the_strongest_answers() {
        Dataset data = new Dataset("noise", images(70), new int[70], List.of("noise"));

        TopActivations top = TopActivations.of(net, "relu2", data, 3, ENGINE);

        assertEquals(4, top.features());
        for (int feature = 0; feature < 4; feature++) {
            List<TopActivations.Hit> hits = top.hits(feature);
            assertEquals(3, hits.size());
            assertTrue(hits.get(0).peak().value() >= hits.get(1).peak().value());
            assertEquals(
                    3, hits.stream().map(TopActivations.Hit::image).distinct().count());
            float best = 0;
            for (int i = 0; i < 70; i++) {
                Activations seen = Activations.of(net, data.images().slice(i, i + 1), ENGINE);
                Peak peak = seen.peak(seen.indexOf("relu2"), feature);
                best = Math.max(best, peak.value());
                if (i == hits.getFirst().image()) {
                    assertEquals(peak, hits.getFirst().peak());
                }
            }
            assertEquals(best, hits.getFirst().peak().value());
        }
        assertThrows(IllegalArgumentException.class, () -> TopActivations.of(net, "relu2", data, 0, ENGINE));
    }
}
