package dev.lanes.bench;

import java.io.IOException;

/**
 * Runs benchmarks with the arguments of JMH: {@code java -cp ... dev.lanes.bench.Main GemmBenchmark -p threads=2}.
 *
 * <p>The flags of the measured JVMs stand in the benchmarks; {@code -jvmArgs} replaces all of them, and a benchmark that
 * then finds no vectors says so and ends.
 */
public final class Main {
    private Main() {}

    /** Runs what the arguments select; {@code -l} lists what there is, {@code -h} explains. */
    public static void main(String[] arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }
}
