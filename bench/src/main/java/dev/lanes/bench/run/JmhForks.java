package dev.lanes.bench.run;

import dev.lanes.bench.ContestantBenchmark;
import dev.lanes.bench.problems.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rounds of the full mode: forks of JMH on one problem, one at a time, because the contestants take turns. */
final class JmhForks {
    private final String contestant;
    private final int threads;
    private final Problem problem;
    private final List<BenchmarkResult> forks = new ArrayList<>();

    JmhForks(String contestant, int threads, Problem problem) {
        this.contestant = contestant;
        this.threads = threads;
        this.problem = problem;
    }

    /**
     * Runs one more; flags and times stand in the annotations, only properties are added to them.
     *
     * @param brief whether one iteration is enough, after the benchmark's own warm-up
     */
    Reply next(boolean brief) {
        System.setProperty("jmh.ignoreLock", "true"); // rounds never overlap
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + ContestantBenchmark.class.getName().replace(".", "\\.") + "\\.solve$")
                .param("problem", problem.kernel() + " " + problem.shape())
                .param("contestant", contestant)
                .param("threads", "" + threads)
                .forks(1)
                .jvmArgsAppend(Stream.concat(
                                WorkerProcess.heap(problem.makesTensors()).stream(),
                                WorkerProcess.properties().stream())
                        .toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (brief) {
            options = options.warmupIterations(0).measurementIterations(1);
        }
        try {
            RunResult result = new Runner(options.build()).runSingle();
            forks.addAll(result.getBenchmarkResults());
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            return new Reply(
                    null,
                    null,
                    null,
                    null,
                    result.getPrimaryResult().getStatistics().getPercentile(50),
                    0,
                    result.getAggregatedResult().getIterationResults().stream()
                            .mapToLong(r -> r.getMetadata().getMeasuredOps())
                            .sum(),
                    allocated == null ? 0 : allocated.getScore(),
                    json(new RunResult(result.getParams(), forks)));
        } catch (RunnerException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Reply.failed("JMH: " + cause.getMessage());
        }
    }

    private static String json(RunResult result) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
        return text.toString(StandardCharsets.UTF_8);
    }
}
