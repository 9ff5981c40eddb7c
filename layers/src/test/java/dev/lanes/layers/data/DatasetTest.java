package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final List<String> AB = List.of("a", "b");

    private static Dataset three() {
        return new Dataset("three", Tensor.generate(Shape.of(3, 2, 1, 1), i -> i), new int[] {0, 1, 1}, AB);
    }

    @Test
    void should_give_windows_on_its_images() {
        Dataset data = three();

        assertEquals(Shape.of(2, 1, 1), data.imageShape());
        assertArrayEquals(new float[] {4, 5}, data.image(2).toArray());
        data.image(2).set(9, 0, 0, 0);
        assertEquals(9, data.images().get(2, 0, 0, 0));
        assertEquals("three: 3 images of [2, 1, 1] in 2 classes", data.toString());
    }

    @Test
    void should_copy_the_examples_of_a_subset() {
        Dataset data = three();

        Dataset subset = data.subset(new int[] {2, 0, 2});

        assertArrayEquals(new float[] {4, 5, 0, 1, 4, 5}, subset.images().toArray());
        assertArrayEquals(new int[] {1, 0, 1}, subset.labels());
        subset.images().fill(-1);
        assertEquals(4, data.images().get(2, 0, 0, 0));
    }

    @Test
    void should_take_a_subset_of_images_that_are_a_window() {
        Tensor window = Tensor.generate(Shape.of(4, 2, 1, 1), i -> i).slice(1, 4);

        Dataset subset = new Dataset("window", window, new int[] {0, 1, 1}, AB).subset(new int[] {1});

        assertArrayEquals(new float[] {4, 5}, subset.images().toArray());
    }

    @Test
    void should_keep_labels_safe_from_changes() {
        int[] labels = {0, 1, 1};
        Dataset data = new Dataset("three", Tensor.zeros(3, 2, 1, 1), labels, AB);

        labels[0] = 1;
        data.labels()[1] = 0;

        assertArrayEquals(new int[] {0, 1, 1}, data.labels());
    }

    @Test
    void should_refuse_what_does_not_fit() {
        assertMessage("dataset: images are [3, 4], needs [n, height, width, channels]", Tensor.zeros(3, 4), new int[3]);
        assertMessage("dataset: there are 2 labels for 3 images", Tensor.zeros(3, 1, 1, 1), new int[2]);
        assertMessage("dataset: label 1 is 2, there are 2 classes", Tensor.zeros(2, 1, 1, 1), new int[] {0, 2});
        assertMessage("dataset: label 0 is -1, there are 2 classes", Tensor.zeros(2, 1, 1, 1), new int[] {-1, 0});
        assertThrows(IndexOutOfBoundsException.class, () -> three().subset(new int[] {3}));
        assertThrows(IndexOutOfBoundsException.class, () -> three().image(3));
    }

    private static void assertMessage(String message, Tensor images, int[] labels) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Dataset("bad", images, labels, AB))
                        .getMessage());
    }
}
