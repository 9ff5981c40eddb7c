package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.tests.child.AllocateAfterManyShapes;
import dev.lanes.tests.child.TrainAfterManyOps;
import dev.lanes.tests.kit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Kernels, training steps and predictions allocate nothing, also in a JVM that has run much else before. */
@EnabledIfSystemProperty(named = "lanes.tests.execution", matches = "widest")
class SteadyAllocationTest {
    /**
     * Waits for the compiler, so that a busy machine needs no more calls than an idle one; and makes certain what some
     * JVMs do, leaving the beginning of the optimisers' steps a call, through which no vector must pass.
     */
    private static final String[] FLAGS = {
        "-Xbatch",
        "-XX:CompileCommand=quiet",
        "-XX:CompileCommand=dontinline,dev.lanes.numerics.kernels.vector.elementwise.Updates::gradient"
    };

    /** What a single object would take. */
    private static final int OBJECT = 16;

    /** What a training step may take for the variables of its tape and the like, but for no vector or buffer. */
    private static final int STEP = 2048;

    @Test
    void should_allocate_nothing_after_many_shapes() {
        List<String> calls = lines(new ChildJvm(), AllocateAfterManyShapes.class);
        assertTrue(calls.size() > 40, calls.toString());
        assertEquals(
                List.of(), calls.stream().filter(line -> bytes(line) >= OBJECT).toList(), "bytes a call");
    }

    @Test
    void should_allocate_next_to_nothing_a_training_step_and_nothing_a_prediction() {
        List<String> all = lines(new ChildJvm().flags(FLAGS), TrainAfterManyOps.class, Integer.toString(STEP));
        assertEquals(13, all.size(), all.toString());
        List<String> allocating = all.stream()
                .filter(line -> bytes(line) > (line.contains("predictor") ? OBJECT : STEP))
                .toList();
        assertEquals(List.of(), allocating, "bytes a step");
    }

    private static List<String> lines(ChildJvm jvm, Class<?> program, String... arguments) {
        ChildJvm.Outcome outcome =
                jvm.flags("--add-modules", "jdk.incubator.vector").run(program, arguments);
        assertEquals(0, outcome.exit(), outcome.err());
        return outcome.out()
                .lines()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .toList();
    }

    private static long bytes(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
}
