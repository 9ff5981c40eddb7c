package dev.lanes.bench.run;

import dev.lanes.bench.ContestantBenchmark;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One round of the full mode: a fork of JMH. */
final class JmhRound {
    private JmhRound() {}

    /** Runs it; flags and times stand in the annotations, only properties are added to them. */
    static Reply run(String contestant, int threads, String kernel, String shape) {
        System.setProperty("jmh.ignoreLock", "true"); // rounds never overlap
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + ContestantBenchmark.class.getName().replace(".", "\\.") + "\\.solve$")
                .param("problem", kernel + " " + shape)
                .param("contestant", contestant)
                .param("threads", "" + threads)
                .forks(1)
                .jvmArgsAppend(properties())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            RunResult result = new Runner(options.build()).runSingle();
            Result<?> primary = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            return new Reply(
                    null,
                    null,
                    null,
                    null,
                    primary.getStatistics().getPercentile(50),
                    0,
                    result.getAggregatedResult().getIterationResults().stream()
                            .mapToLong(r -> r.getMetadata().getMeasuredOps())
                            .sum(),
                    allocated == null ? 0 : allocated.getScore());
        } catch (RunnerException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Reply.failed("JMH: " + cause.getMessage());
        }
    }

    private static String[] properties() {
        List<String> flags = new ArrayList<>();
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith("lanes.")) {
                flags.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        return flags.toArray(String[]::new);
    }
}
