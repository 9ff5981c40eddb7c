package dev.lanes.cli.data;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program and waits for its end. */
@FunctionalInterface
interface CommandRunner {
    /** How much of what a program prints is kept. */
    int MOST_LINES = 200;

    /** Runs programs of this machine, which get no input, speak English, and end when this program ends. */
    CommandRunner SYSTEM = (command, folder) -> {
        Optional<Path> program = findOnPath(command.getFirst());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> full = new ArrayList<>(command);
        full.set(0, program.get().toString());
        ProcessBuilder builder =
                new ProcessBuilder(full).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (var _ = AtExit.run(process::destroy);
                BufferedReader output = process.inputReader()) {
            process.getOutputStream().close();
            List<String> lines = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (lines.size() < MOST_LINES) {
                    lines.add(line);
                }
            }
            return Optional.of(new Outcome(process.waitFor(), lines));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.getFirst() + " was running");
        } finally {
            process.destroy();
        }
    };

    /**
     * How a program ended.
     *
     * @param exitCode 0 if it succeeded
     * @param lines what it printed, not more than its first lines
     */
    record Outcome(int exitCode, List<String> lines) {
        private static final Pattern COMPLAINT =
                Pattern.compile("(?:npm error|npm ERR!|E:) +(?!code |errno |syscall )(?:notarget |404 )?(.+)");

        /** Returns the line that says best why it failed: the first complaint, or else the last line. */
        String complaint() {
            return lines.stream()
                    .map(COMPLAINT::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1).strip())
                    .findFirst()
                    .or(() -> lines.reversed().stream()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .map(String::strip))
                    .orElse("exit code " + exitCode);
        }
    }

    /**
     * Runs a program.
     *
     * @param command the program and its arguments
     * @param folder the folder it runs in
     * @return how it ended, or nothing if there is no such program
     * @throws IOException if it cannot be run, or the thread is interrupted
     */
    Optional<Outcome> run(List<String> command, Path folder) throws IOException;

    private static Optional<Path> findOnPath(String program) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> names = windows ? List.of(program + ".cmd", program + ".exe") : List.of(program);
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            for (String name : names) {
                Path file = Path.of(folder, name);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file.toAbsolutePath());
                }
            }
        }
        return Optional.empty();
    }
}
