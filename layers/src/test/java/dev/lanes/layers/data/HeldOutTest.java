package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private final Dataset data = new Dataset("few", Tensor.zeros(2, 1, 1, 1), new int[2], List.of("a"));
    private final HeldOut test = new HeldOut(data);

    @Test
    void should_open_once_and_show_every_further_time() {
        assertEquals(2, test.size());
        assertEquals(List.of(), test.uses());
        assertSame(data, test.open("accuracy"));
        assertEquals(
                "the test set of few was used for \"accuracy\" already; choose by the validation set, or say"
                        + " openAgain(\"another rate\")",
                assertThrows(IllegalStateException.class, () -> test.open("another rate"))
                        .getMessage());
        assertSame(data, test.openAgain("confusion"));
        assertEquals(List.of("accuracy", "confusion"), test.uses());
    }
}
