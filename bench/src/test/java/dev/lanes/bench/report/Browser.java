package dev.lanes.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window, where the machine has one. */
final class Browser {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Browser() {}

    /** Returns the program, if there is one on the path. */
    static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What became of a page.
     *
     * @param html after its scripts have run
     * @param console what they said, errors among it
     */
    record Page(String html, List<String> console) {
        /** Returns the number in an attribute of the body. */
        int number(String attribute) {
            Matcher found =
                    Pattern.compile("<body[^>]* " + attribute + "=\"(\\d+)\"").matcher(html);
            assertTrue(
                    found.find(), () -> attribute + " is not in " + html.substring(0, Math.min(2000, html.length())));
            return Integer.parseInt(found.group(1));
        }
    }

    /** Opens a page; its profile and its output go into the folder. */
    static Page open(Path page, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox", // a container's root cannot have one
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=5000",
                        "--window-size=1200,1600",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "the browser failed; see " + log);
        List<String> console = Files.readString(log, UTF_8)
                .lines()
                .filter(line -> line.contains(":CONSOLE"))
                .toList();
        return new Page(Files.readString(out, UTF_8), console);
    }
}
