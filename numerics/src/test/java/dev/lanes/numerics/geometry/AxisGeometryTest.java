package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.UnaryFunction;
import org.junit.jupiter.api.Test;

class AxisGeometryTest {
    @Test
    void should_see_a_shape_along_an_axis() {
        Shape shape = Shape.of(2, 3, 4, 5);
        assertEquals(new AxisGeometry(1, 2, 60), AxisGeometry.of(shape, 0));
        assertEquals(new AxisGeometry(6, 4, 5), AxisGeometry.of(shape, 2));
        assertEquals(new AxisGeometry(24, 5, 1), AxisGeometry.of(shape, -1));
        assertEquals(new AxisGeometry(2, 12, 5), AxisGeometry.of(shape, 1, 3));
        assertEquals(new AxisGeometry(6, 1, 20), AxisGeometry.of(shape, 2, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> AxisGeometry.of(shape, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> AxisGeometry.of(shape, -5));
    }

    @Test
    void should_read_what_it_writes() {
        AxisGeometry g = new AxisGeometry(64, 1000, 7);
        assertEquals("o64 l1000 i7", g.toString());
        assertEquals(g, AxisGeometry.parse(g.toString()));
        assertEquals(448_000, g.elements());
        assertEquals(448, g.lines());
    }

    @Test
    void should_refuse_sizes_that_no_array_has() {
        assertThrows(IllegalArgumentException.class, () -> new AxisGeometry(-1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new AxisGeometry(1 << 16, 1 << 16, 1));
        assertThrows(IllegalArgumentException.class, () -> new AxisGeometry(1 << 20, 1 << 10, 2));
        assertEquals(0, new AxisGeometry(1 << 16, 1 << 16, 0).elements());
    }

    @Test
    void should_name_functions_and_their_derivatives() {
        assertEquals("gelu n7", new FunctionGeometry(UnaryFunction.GELU, 0, 7).toString());
        assertEquals("clamp(0.0, 6.0)'' n0", new FunctionGeometry(UnaryFunction.clamp(0, 6), 2, 0).toString());
        assertThrows(IllegalArgumentException.class, () -> new FunctionGeometry(UnaryFunction.EXP, 3, 1));
        assertEquals(UnaryFunction.elu(1), UnaryFunction.elu(1));
        assertThrows(IllegalArgumentException.class, () -> UnaryFunction.elu(Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> UnaryFunction.clamp(1, 0));
    }
}
