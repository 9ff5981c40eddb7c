package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.BackendUnavailableException;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Without the module everything works on the reference, and who insists is told what to do. */
@EnabledIfSystemProperty(named = "lanes.tests.execution", matches = "no-vector-module")
class NoVectorModuleTest {
    @Test
    void should_compute_on_the_reference() {
        try (Engine engine = Engine.builder().build()) {
            assertEquals("reference", engine.backend());
            Tensor c = engine.matmul(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), Tensor.of(Shape.of(2, 1), 5, 6));
            assertArrayEquals(new float[] {17, 39}, c.toArray());
        }
    }

    @Test
    void should_say_why_the_vector_backend_is_unavailable_and_what_to_do() {
        Engine.Builder builder = Engine.builder().backend("vector");
        BackendUnavailableException thrown = assertThrows(BackendUnavailableException.class, builder::build);
        assertEquals("vector", thrown.backend());
        assertEquals("the module jdk.incubator.vector is not in this JVM's graph", thrown.reason());
        assertEquals(
                "start Java with --add-modules jdk.incubator.vector (or put it in JDK_JAVA_OPTIONS)", thrown.remedy());
        assertEquals(
                "backend \"vector\" is unavailable: " + thrown.reason() + "; " + thrown.remedy(), thrown.getMessage());
    }

    @Test
    void should_run_the_shared_engine() {
        assertTrue(Engine.shared().toString().startsWith("Engine[reference, "));
    }
}
