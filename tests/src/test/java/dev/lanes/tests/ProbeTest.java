package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.tests.kit.ChildJvm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vector backend says of itself in JVMs that cannot run it well, each a JVM of its own. */
@Tag("once") // chooses its own flags, so that more runs of the suites would prove no more
class ProbeTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** Prints the backend of two engines, a product, and the probe of the vector backend. */
    static final class Program {
        public static void main(String[] arguments) {
            try (Engine first = Engine.builder().threads(1).build();
                    Engine second = Engine.builder().threads(1).build()) {
                Tensor product = second.matmul(Tensor.of(Shape.of(1, 2), 3, 4), Tensor.of(Shape.of(2, 1), 5, 6));
                System.out.println(first.backend() + " " + first.vectorBits() + " " + product.item());
            }
            Engine.backends().stream()
                    .filter(status -> status.name().equals("vector"))
                    .forEach(status -> System.out.println(
                            status.probe().reason() + "; " + status.probe().remedy()));
        }
    }

    @Test
    void should_log_the_remedy_exactly_once_without_the_module() {
        ChildJvm.Outcome outcome = new ChildJvm().run(Program.class);
        String reason = "the module jdk.incubator.vector is not in this JVM's graph; start Java with --add-modules"
                + " jdk.incubator.vector (or put it in JDK_JAVA_OPTIONS)";
        assertEquals("reference 0 39.0\n" + reason + "\n", outcome.out());
        String line = "lanes runs on its slow reference backend: " + reason;
        assertEquals(
                1,
                Stream.of(outcome.err().split("\n"))
                        .filter(l -> l.endsWith(line))
                        .count(),
                outcome.err());
        assertEquals(0, outcome.exit());
    }

    @Test
    void should_log_nothing_where_the_vector_backend_runs() {
        ChildJvm.Outcome outcome = new ChildJvm().flags(MODULE).run(Program.class);
        assertTrue(outcome.out().startsWith("vector "), outcome.out());
        assertEquals(
                "WARNING: Using incubator modules: jdk.incubator.vector",
                outcome.err().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Xint | the JVM only interprets (-Xint); start Java without -Xint",
                "-XX:TieredStopAtLevel=1 | the optimising compiler C2 is off (TieredStopAtLevel), and vectors without it"
                        + " are emulated; start Java without -XX:TieredStopAtLevel or -client",
                "-Dlanes.vectorBits=64 | -Dlanes.vectorBits=64 is not a width; use 128, 256 or 512, or leave it out",
                "-Dlanes.vectorBits=1024 | -Dlanes.vectorBits=1024 is not a width; use 128, 256 or 512, or leave it out",
                "-Dlanes.vectorBits=wide | -Dlanes.vectorBits=wide is not a width; use 128, 256 or 512, or leave it out",
                "-Dlanes.vectorBits= | -Dlanes.vectorBits= is not a width; use 128, 256 or 512, or leave it out"
            })
    void should_fall_back_and_name_the_flag(String flag, String reason) {
        ChildJvm.Outcome outcome = new ChildJvm().flags(MODULE, flag).run(Program.class);
        assertEquals("reference 0 39.0\n" + reason + "\n", outcome.out(), outcome.err());
        assertTrue(outcome.err().contains("lanes runs on its slow reference backend: " + reason), outcome.err());
    }

    @Test
    void should_refuse_a_forced_kernel_that_is_not_there() {
        ChildJvm.Outcome outcome =
                new ChildJvm().flags("-Dlanes.kernel.gemm=fastest").run(Program.class);
        assertEquals(1, outcome.exit());
        assertTrue(
                outcome.err().contains("IllegalArgumentException: -Dlanes.kernel.gemm=fastest: there are reference"),
                outcome.err());
    }

    @Test
    void should_print_each_choice_when_asked() {
        ChildJvm.Outcome outcome = new ChildJvm().flags("-Dlanes.trace=true").run(Program.class);
        assertTrue(outcome.err().contains("lanes: gemm | NN m1 n1 k2 | reference"), outcome.err());
    }
}
