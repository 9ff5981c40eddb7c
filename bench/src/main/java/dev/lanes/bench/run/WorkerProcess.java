package dev.lanes.bench.run;

import dev.lanes.bench.results.ReportFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Worker}, seen from the JVM that asks it. */
final class WorkerProcess implements AutoCloseable {
    /** The flags of every measured JVM, all of them; the collector is the one that Java chooses by itself on most machines. */
    static final List<String> FLAGS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms1g",
            "-Xmx2g",
            "-XX:+UseG1GC");

    /** A heap that is touched at the start, which takes two seconds. */
    private static final List<String> TOUCHED = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    /** Begins a worker that Ctrl-C, which a terminal sends to all, does not end: who asks it decides when it goes. */
    private static final List<String> DEAF = List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final Path log;
    private final Reply greeting;

    /** Starts the JVM and waits for its first line. */
    WorkerProcess(String contestant, int threads, Map<String, String> variables, List<String> flags)
            throws IOException {
        List<String> command = new ArrayList<>(DEAF);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(properties());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Worker.class.getName(), contestant, "" + threads));
        log = Files.createTempFile("lanes-bench-" + contestant, ".log");
        log.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        Presets.remove(builder.environment());
        builder.environment().putAll(variables);
        process = builder.start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + contestant);
        reader.setDaemon(true);
        reader.start();
        greeting = await();
    }

    /**
     * Returns further flags for JVMs in which a call makes tensors, as those of single layers do: until the collector has been
     * around once, new pages of the heap cost more than the layer.
     */
    static List<String> heap(boolean makesTensors) {
        return makesTensors ? TOUCHED : List.of();
    }

    /** Returns this JVM's properties of lanes as flags: {@code -Dlanes.kernel.gemm=NAME} and its like are for the measured. */
    static List<String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("lanes."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }

    /** Returns the first line: who it is, or why it cannot be. */
    Reply greeting() {
        return greeting;
    }

    /** Sends a command and returns the answer; a dead process answers with an error. */
    Reply ask(Object... words) {
        List<String> line = new ArrayList<>();
        for (Object word : words) {
            line.add(word.toString());
        }
        commands.println(String.join("\t", line));
        return await();
    }

    private Reply await() {
        try {
            Reply reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (reply == null) {
                process.destroyForcibly();
                return Reply.failed("did not answer for " + PATIENCE_SECONDS + " s");
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.failed("interrupted");
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(Worker.ANSWER)) {
                    replies.add(ReportFile.parse(line.substring(Worker.ANSWER.length()), Reply.class));
                }
            }
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            // The same as an end: nothing more will come.
        }
        for (int i = 0; i < 3; i++) {
            replies.add(Reply.failed("the process ended" + lastWords()));
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(l -> !l.isBlank())
                    .toList();
            return lines.isEmpty() ? "" : ": " + lines.getLast().strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells whether questions make sense. */
    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
