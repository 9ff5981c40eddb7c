package dev.lanes.bench;

import dev.lanes.bench.run.BenchCommand;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;

/**
 * Measures lanes beside its peers; see {@link BenchCommand}.
 *
 * <p>{@code jmh} as the first argument hands the rest to JMH: {@code Main jmh GemmBenchmark -p threads=2}. The flags of
 * the measured JVMs stand in the benchmarks, and nothing may replace them: {@code -jvmArgs} is refused, {@code
 * -jvmArgsAppend} adds to them.
 */
public final class Main {
    private Main() {}

    /** Does what the arguments say and ends the JVM: 0 done, 1 failed, 2 misused. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        if (arguments.length > 0 && arguments[0].equals("jmh") && !losesFlags(arguments)) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else {
            System.exit(run(arguments));
        }
    }

    /** {@code -jvmArgs} would replace the modules and the heap of the benchmarks without a word. */
    private static boolean losesFlags(String... arguments) {
        return Arrays.asList(arguments).contains("-jvmArgs");
    }

    static int run(String... arguments) {
        if (losesFlags(arguments)) {
            System.err.println("lanes bench: -jvmArgs would take away the flags that the benchmarks need;"
                    + " -jvmArgsAppend adds to them");
            return 2;
        }
        CommandLine line = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false);
        line.setParameterExceptionHandler((e, _) -> {
            line.getErr().println("lanes bench: " + e.getMessage() + "; see lanes bench --help");
            return 2;
        });
        line.setExecutionExceptionHandler((e, _, _) -> {
            line.getErr().println("lanes bench: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return 1;
        });
        return line.execute(arguments);
    }
}
