package dev.lanes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.openblas.OpenBlas;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark's body in this JVM, so that none is found broken on the day it is needed. */
class BenchmarkSmokeTest {
    @BeforeAll
    static void allowBesideOtherRuns() {
        System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here
    }

    static Set<String> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns a problem that takes no time. */
    private static String smallProblem(String benchmark) {
        if (benchmark.contains("Contestant")) {
            return "sgemm NN m13 n17 k19";
        }
        if (benchmark.contains("Gemm") || benchmark.contains("OpenBlasCall")) {
            return "NN m13 n17 k19";
        }
        throw new AssertionError("give " + benchmark + " a small problem here");
    }

    private static String usableBackend() {
        return Engine.backends().stream()
                        .anyMatch(s -> s.name().equals("vector") && s.probe().available())
                ? "vector"
                : "reference";
    }

    @Test
    void should_find_the_benchmarks() {
        assertTrue(benchmarks().contains("dev.lanes.bench.GemmBenchmark.multiply"), benchmarks()::toString);
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void should_run(String benchmark) throws RunnerException {
        assumeTrue(
                !benchmark.contains("OpenBlas") || OpenBlas.probe().available(),
                () -> OpenBlas.probe().reason() + "; " + OpenBlas.probe().remedy());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^" + benchmark.replace(".", "\\.") + "$")
                        .param("problem", smallProblem(benchmark))
                        .param("backend", usableBackend())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertEquals(1, results.size());
        RunResult result = results.iterator().next();
        assertTrue(result.getPrimaryResult().getScore() > 0);
        assertTrue(result.getSecondaryResults().get("gflops").getScore() > 0, result.getSecondaryResults()::toString);
    }

    @Test
    void should_end_on_a_wrong_answer() {
        Bench.verify("m1", 2, new float[] {1f}, new float[] {Math.nextUp(1f)});
        Exception thrown = assertThrows(
                IllegalStateException.class, () -> Bench.verify("m1", 2, new float[] {1.01f}, new float[] {1f}));
        assertTrue(thrown.getMessage().startsWith("m1: element 0 is 1.01, the reference says 1.0"), thrown::getMessage);
        assertThrows(
                IllegalStateException.class, () -> Bench.verify("m1", 2, new float[] {Float.NaN}, new float[] {1f}));
    }

    @Test
    void should_end_when_another_kernel_than_the_one_asked_for_would_run() {
        Exception unasked = assertThrows(IllegalStateException.class, () -> Bench.engine("auto", 1));
        assertTrue(unasked.getMessage().startsWith("asked for the backend auto, got "), unasked::getMessage);
        try (Engine engine = Bench.engine("reference", 1)) {
            GemmGeometry g = GemmGeometry.of(2, 3, 4);
            assertEquals("reference", Bench.kernel(engine, Slot.GEMM, "auto", g).name());
            Exception thrown =
                    assertThrows(IllegalStateException.class, () -> Bench.kernel(engine, Slot.GEMM, "blocked", g));
            assertEquals("Engine[reference, 1 thread] has no gemm kernel blocked", thrown.getMessage());
        }
    }
}
