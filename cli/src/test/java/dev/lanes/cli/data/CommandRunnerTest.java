package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanes.cli.data.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
    @TempDir
    private Path folder;

    @Test
    void should_tell_that_a_program_is_missing() throws IOException {
        assertEquals(Optional.empty(), CommandRunner.SYSTEM.run(List.of("no-such-program-anywhere"), folder));
    }

    @Test
    void should_run_in_the_folder_and_keep_what_is_said() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a Unix shell");

        Outcome outcome = CommandRunner.SYSTEM
                .run(List.of("sh", "-c", "echo one; echo two >&2; cat; echo x >made; exit 3"), folder)
                .orElseThrow();

        assertEquals(new Outcome(3, List.of("one", "two")), outcome);
        assertEquals("x\n", Files.readString(folder.resolve("made")));
        assertEquals("two", outcome.complaint());
    }

    @Test
    void should_keep_only_so_much() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a Unix shell");

        Outcome outcome = CommandRunner.SYSTEM
                .run(List.of("sh", "-c", "i=0; while [ $i -lt 1000 ]; do echo $i; i=$((i + 1)); done"), folder)
                .orElseThrow();

        assertEquals(CommandRunner.MOST_LINES, outcome.lines().size());
        assertEquals(0, outcome.exitCode());
    }

    @Test
    void should_find_the_line_that_says_why() {
        assertEquals(
                "FetchError: request failed, reason: connect ECONNREFUSED",
                new Outcome(
                                1,
                                List.of(
                                        "npm warn something",
                                        "npm error code ECONNREFUSED",
                                        "npm error syscall connect",
                                        "npm error errno ECONNREFUSED",
                                        "npm error FetchError: request failed, reason: connect ECONNREFUSED",
                                        "npm error     at somewhere"))
                        .complaint());
        assertEquals(
                "Not Found - GET x",
                new Outcome(1, List.of("npm ERR! code E404", "npm ERR! 404 Not Found - GET x")).complaint());
        assertEquals(
                "Unable to locate package x",
                new Outcome(100, List.of("Reading lists", "E: Unable to locate package x")).complaint());
        assertEquals("last", new Outcome(1, List.of("first", "  last ", "")).complaint());
        assertEquals("exit code 9", new Outcome(9, List.of()).complaint());
    }
}
