package dev.lanes.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example prints what {@code docs/course.md} says, but for lines that begin with {@code measured:}. With {@code
 * -Dlanes.course=write} the page is written anew instead.
 */
class CourseTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs/course.md");
    private static final String SOURCES = "examples/src/main/java/dev/lanes/examples/";
    private static final String FENCE = "```";
    private static final String HEAD = """
            # The course

            One short example a topic, from the perceptron to seeing inside a network. `./lanes example` lists them,
            `./lanes example NAME` runs one, and its source is the file named beside it. What each prints stands below; a
            test runs them all and compares. Lines that begin with `measured:` are of one run on one machine.

            """;

    private static final boolean WRITE = "write".equals(System.getProperty("lanes.course"));
    private static final Map<String, List<String>> PRINTED = new TreeMap<>();
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static Map<String, List<String>> expected = Map.of();

    @TempDir
    private Path folder;

    @BeforeAll
    static void readPage() throws IOException {
        expected = WRITE ? Map.of() : blocks(Files.readAllLines(PAGE));
    }

    static List<Topic> topics() {
        return Course.TOPICS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("topics")
    void should_print_what_the_page_says(Topic topic) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        topic.example().run(new Page(out, ENGINE, folder));
        List<String> lines = text.toString().lines().toList();
        PRINTED.put(topic.name(), lines);

        if (!WRITE) {
            assertEquals(
                    String.join("\n", lasting(expected.getOrDefault(topic.name(), List.of()))),
                    String.join("\n", lasting(lines)));
        }
        for (String line : lines) {
            if (line.startsWith("picture: ")) {
                assertTrue(Files.size(folder.resolve(line.substring("picture: ".length()))) > 1000, line);
            }
        }
    }

    @Test
    void should_list_the_topics_in_order_with_their_lines() throws IOException {
        if (!WRITE) {
            assertEquals(Course.TOPICS.stream().map(Topic::name).toList(), List.copyOf(expected.keySet()));
            String page = Files.readString(PAGE);
            for (Topic topic : Course.TOPICS) {
                assertTrue(page.contains(title(topic)), () -> "docs/course.md lacks: " + title(topic));
            }
        }
    }

    @Test
    void should_have_a_source_for_every_topic() {
        Path root = PAGE.getParent().resolveSibling(SOURCES);
        for (Topic topic : Course.TOPICS) {
            assertTrue(Files.exists(root.resolve(source(topic))), topic.name());
        }
    }

    @AfterAll
    static void writePage() throws IOException {
        if (WRITE) {
            StringBuilder page = new StringBuilder(HEAD);
            for (Topic topic : Course.TOPICS) {
                page.append(title(topic)).append(FENCE).append("text\n");
                PRINTED.get(topic.name()).forEach(line -> page.append(line).append('\n'));
                page.append(FENCE).append("\n\n");
            }
            Files.writeString(PAGE, page.toString().stripTrailing() + "\n");
        }
    }

    private static String title(Topic topic) {
        return "## " + topic.name() + "\n\n" + topic.line() + " ([" + source(topic) + "](../" + SOURCES + source(topic)
                + "))\n\n";
    }

    private static String source(Topic topic) {
        return topic.example().getClass().getSimpleName() + ".java";
    }

    /** Leaves out measurements, and pictures, which some machines cannot draw. */
    private static List<String> lasting(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith(Page.MEASURED) && !line.startsWith("picture: "))
                .toList();
    }

    /** Returns the fenced lines below each heading. */
    private static Map<String, List<String>> blocks(List<String> page) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        List<String> block = null;
        boolean inside = false;
        for (String line : page) {
            if (line.startsWith(FENCE)) {
                inside = !inside;
            } else if (inside && block != null) {
                block.add(line);
            } else if (line.startsWith("## ")) {
                block = new ArrayList<>();
                blocks.put(line.substring(3), block);
            }
        }
        return blocks;
    }
}
