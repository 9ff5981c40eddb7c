package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.numerics.BackendStatus;
import dev.lanes.numerics.Engine;
import org.junit.jupiter.api.Test;

/** Proves that a run of the suites has the width that the build asked for, and prints it. */
class ExecutionTest {
    private static final String EXECUTION = System.getProperty("lanes.tests.execution", "widest");

    @Test
    void should_run_at_the_width_that_was_asked_for() {
        BackendStatus vector = Engine.backends().stream()
                .filter(status -> status.name().equals("vector"))
                .findFirst()
                .orElseThrow();
        try (Engine engine = Engine.builder().threads(1).build()) {
            System.out.println("execution " + EXECUTION + ": " + engine);
            if (EXECUTION.equals("no-vector-module")) {
                assertFalse(vector.probe().available(), "this execution must not have the vector module");
                assertEquals("reference", engine.backend());
                assertEquals(0, engine.vectorBits());
                return;
            }
            assertTrue(
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                    "only the execution no-vector-module may lack the vector module");
            assumeTrue(
                    vector.probe().available(),
                    () -> EXECUTION + ": " + vector.probe().reason());
            assertEquals("vector", engine.backend());
            String forced = System.getProperty("lanes.vectorBits");
            if (EXECUTION.startsWith("width-")) {
                assertEquals(EXECUTION.substring("width-".length()), forced);
            }
            if (forced == null) {
                assertTrue(engine.vectorBits() >= 128, engine.toString());
            } else {
                assertEquals(Integer.parseInt(forced), engine.vectorBits());
            }
        }
    }
}
