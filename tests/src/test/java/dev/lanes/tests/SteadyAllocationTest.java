package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.tests.child.AllocateAfterManyShapes;
import dev.lanes.tests.kit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Convolutions and poolings allocate nothing, also in a JVM that has run hundreds of other shapes before. */
@EnabledIfSystemProperty(named = "lanes.tests.execution", matches = "widest")
class SteadyAllocationTest {
    /** What a single object would take. */
    private static final int OBJECT = 16;

    @Test
    void should_allocate_nothing_after_many_shapes() {
        ChildJvm.Outcome outcome =
                new ChildJvm().flags("--add-modules", "jdk.incubator.vector").run(AllocateAfterManyShapes.class);
        assertEquals(0, outcome.exit(), outcome.err());
        List<String> calls = outcome.out()
                .lines()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .toList();
        assertTrue(calls.size() > 40, outcome.out());
        List<String> allocating = calls.stream()
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) >= OBJECT)
                .toList();
        assertEquals(List.of(), allocating, "bytes a call");
    }
}
