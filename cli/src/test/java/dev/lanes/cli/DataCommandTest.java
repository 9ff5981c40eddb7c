package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void lookInAnEmptyFolder() {
        System.setProperty("lanes.data", folder.toString());
    }

    @AfterEach
    void lookWhereItUsuallyIs() {
        System.clearProperty("lanes.data");
    }

    @Test
    void should_list_what_is_here_and_where_the_rest_was_looked_for() {
        assertEquals(0, run("data"));

        String listed = out.toString();
        assertTrue(listed.contains("digits         5,000 handwritten digits"), listed);
        assertTrue(listed.contains("here: comes with the program"), listed);
        for (String name : new String[] {"mnist", "fashion-mnist", "cifar10"}) {
            assertTrue(listed.contains(folder.resolve(name).toString()) || listed.contains("here: /"), listed);
        }
        assertEquals("", err.toString());
    }

    @Test
    void should_have_nothing_to_do_for_what_comes_with_the_program() {
        assertEquals(0, run("data", "get", "digits"));

        assertTrue(out.toString().startsWith("digits is here: "), out.toString());
    }

    @Test
    void should_name_the_data_sets_there_are() {
        assertEquals(2, run("data", "get", "imagenet"));

        assertEquals(
                "lanes: there is no data set 'imagenet', but digits, mnist, fashion-mnist, cifar10;"
                        + " see lanes data get --help",
                err.toString().strip());
    }

    private int run(String... args) {
        return Main.run(Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), args);
    }
}
