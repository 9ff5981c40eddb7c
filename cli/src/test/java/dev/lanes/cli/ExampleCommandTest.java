package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.examples.Course;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExampleCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), args);
    }

    @Test
    void should_list_the_course() {
        assertEquals(0, run("example"));

        assertEquals(Course.TOPICS.size(), out.toString().lines().count());
        assertTrue(out.toString().startsWith("perceptron "), out.toString());
    }

    @Test
    void should_run_an_example() {
        assertEquals(0, run("example", "perceptron", "--threads", "1"));

        assertTrue(out.toString().startsWith("AND mistakes an epoch ["), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void should_refuse_an_example_that_does_not_exist() {
        assertEquals(2, run("example", "perceptrons"));

        assertEquals(
                "lanes: no example perceptrons; ./lanes example lists them",
                err.toString().strip());
    }
}
