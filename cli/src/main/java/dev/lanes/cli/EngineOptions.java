package dev.lanes.cli;

import dev.lanes.numerics.BackendStatus;
import dev.lanes.numerics.Engine;
import java.util.List;
import java.util.stream.Stream;
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

    /**
     * Returns an engine as asked for; the caller closes it.
     *
     * @throws MisuseException if there is no backend of that name
     * @throws dev.lanes.numerics.BackendUnavailableException if it cannot be used here
     */
    public Engine engine() {
        Engine.Builder builder = Engine.builder().threads(threads);
        if (backend != null) {
            List<String> known = Stream.concat(
                            Stream.of("auto"), Engine.backends().stream().map(BackendStatus::name))
                    .toList();
            if (!known.contains(backend)) {
                throw new MisuseException("no backend " + backend + "; there are " + String.join(", ", known));
            }
            builder.backend(backend);
        }
        return builder.build();
    }
}
