package dev.lanes.tests.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program in a JVM of its own, for what is decided once in a JVM's life: modules, flags, what it logs first. */
public final class ChildJvm {
    private static final int MOST_SECONDS = 120;

    /**
     * How the program ended.
     *
     * @param exit its exit status
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    public record Outcome(int exit, String out, String err) {}

    private final List<String> command = new ArrayList<>();

    /** Begins with the java command of this JVM and its class path, none of its flags. */
    public ChildJvm() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }

    /** Adds flags of the JVM. */
    public ChildJvm flags(String... flags) {
        command.addAll(List.of(flags));
        return this;
    }

    /** Runs the main method of a class and waits for its end. */
    public Outcome run(Class<?> main, String... arguments) {
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("lanes-child", ".out");
            Path err = Files.createTempFile("lanes-child", ".err");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
                builder.environment().remove("JAVA_TOOL_OPTIONS");
                builder.environment().remove("JDK_JAVA_OPTIONS");
                Process process = builder.start();
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after " + MOST_SECONDS + " s: " + main.getName());
                }
                return new Outcome(process.exitValue(), text(out), text(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
