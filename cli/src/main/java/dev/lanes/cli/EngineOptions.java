package dev.lanes.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that computes: {@code --threads} and {@code --backend}.
 *
 * <p>To be mixed in: {@code @Mixin EngineOptions engine;}
 */
public final class EngineOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Kernels to use: reference, vector or openblas. Default: the best there is.")
    private String backend;

    /** Made by picocli. */
    public EngineOptions() {}

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private void setThreads(int count) {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, but is " + count);
        }
        threads = count;
    }

    /** Returns how many threads to use, the caller's included; at least 1. */
    public int threads() {
        return threads;
    }

    /** Returns the name of the backend that was asked for; empty where the choice is left to the engine. */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }
}
