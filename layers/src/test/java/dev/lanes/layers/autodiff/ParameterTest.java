package dev.lanes.layers.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
    @Test
    void should_name_the_same_tensor_within_an_owner() {
        Parameter weight = new Parameter("weight", Tensor.zeros(3, 3, 1, 8));
        Parameter within = weight.within("conv1").within("features");
        assertEquals("features.conv1.weight [3, 3, 1, 8]", within.toString());
        assertSame(weight.value(), within.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a/b", "\u00e4"})
    void should_refuse_names_that_are_no_paths(String name) {
        assertEquals(
                "parameter name \"" + name
                        + "\" must be parts of letters, digits, _ and - divided by dots, as in \"conv1.weight\"",
                assertThrows(IllegalArgumentException.class, () -> new Parameter(name, Tensor.zeros(1)))
                        .getMessage());
    }
}
