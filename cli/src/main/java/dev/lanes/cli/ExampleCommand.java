package dev.lanes.cli;

import dev.lanes.examples.Course;
import dev.lanes.examples.Page;
import dev.lanes.examples.Topic;
import dev.lanes.numerics.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes example}: runs an example of the course, or lists them in its order. */
@Command(name = "example", description = "Runs an example of the course; without a name, lists them.")
public final class ExampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which, as in perceptron.")
    private String name;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write pictures. Default: lanes-out/examples.")
    private Path out = Path.of("lanes-out", "examples");

    @Mixin
    private EngineOptions engineOptions;

    /** Made by picocli. */
    public ExampleCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        if (name == null) {
            int width = Course.TOPICS.stream()
                    .mapToInt(t -> t.name().length())
                    .max()
                    .orElse(0);
            Course.TOPICS.forEach(t ->
                    console.println(t.name() + " ".repeat(width + 2 - t.name().length()) + t.line()));
            return 0;
        }
        Topic topic = Course.find(name)
                .orElseThrow(() -> new MisuseException("no example " + name + "; ./lanes example lists them"));
        try (Engine engine = engineOptions.engine()) {
            topic.example().run(new Page(console, engine, out));
            console.flush();
        }
        return 0;
    }
}
