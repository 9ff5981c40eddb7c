package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A command that fails as it is told to. */
    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
        private final Throwable thrown;

        @Mixin
        private EngineOptions engine;

        Fail(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public Integer call() throws Exception {
            if (thrown instanceof Error e) {
                throw e;
            }
            throw (Exception) thrown;
        }
    }

    private int run(Throwable thrown, String... args) {
        CommandLine line = Main.commandLine()
                .addSubcommand(new Fail(thrown))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return Main.run(line, args);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                     | no command given; see lanes --help
                    trian                  | unknown command 'trian', did you mean train?; see lanes --help
                    --debugs               | unknown option '--debugs', did you mean --debug?; see lanes --help
                    fail --threads         | missing required parameter for option '--threads' (N); see lanes fail --help
                    fail --threads two     | invalid value for option '--threads': 'two' is not an int; see lanes fail --help
                    fail --threads 0       | --threads must be at least 1, but is 0; see lanes fail --help
                    fail more              | unexpected argument 'more'; see lanes fail --help
                    fail @more             | unexpected argument '@more'; see lanes fail --help
                    """)
    void should_tell_misuse_in_one_line_and_exit_with_2(String args, String expected) {
        int exitCode =
                run(new IllegalStateException("never reached"), args.isEmpty() ? new String[0] : args.split(" "));

        assertEquals("lanes: " + expected, err.toString().strip());
        assertEquals(2, exitCode);
        assertEquals("", out.toString());
    }

    @Test
    void should_exit_with_2_where_a_command_finds_out_later() {
        assertEquals(2, run(new MisuseException("no backend mkl"), "fail"));
        assertEquals("lanes: no backend mkl", err.toString().strip());
    }

    @Test
    void should_tell_failure_in_one_line_and_exit_with_1() {
        assertEquals(1, run(new IOException("model.bin: truncated\n  at byte 17\u001b[31m"), "fail"));
        assertEquals(
                "lanes: model.bin: truncated at byte 17?[31m", err.toString().strip());
    }

    @Test
    void should_unwrap_what_only_carries_a_failure() {
        var cause = new UncheckedIOException(new NoSuchFileException("digits.csv"));

        assertEquals(1, run(cause, "fail"));
        assertEquals("lanes: no such file: digits.csv", err.toString().strip());
    }

    @Test
    void should_call_a_bug_a_bug() {
        assertEquals(1, run(new NullPointerException("x is null"), "fail"));
        assertEquals(
                "lanes: internal error: java.lang.NullPointerException: x is null; --debug prints the stack trace",
                err.toString().strip());
    }

    @Test
    void should_say_how_to_get_more_memory() {
        assertEquals(1, run(new OutOfMemoryError("Java heap space"), "fail"));
        assertEquals(
                "lanes: not enough memory: Java heap space; give more with LANES_JAVA_OPTS=-Xmx4g",
                err.toString().strip());
    }

    @Test
    void should_print_the_stack_trace_with_debug_only() {
        assertEquals(1, run(new IOException("lost"), "fail", "--debug"));

        assertEquals("lanes: lost", err.toString().lines().findFirst().orElseThrow());
        assertTrue(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void should_take_debug_before_the_command_and_for_misuse_too() {
        assertEquals(2, run(new IOException("lost"), "--debug", "fail", "--threads", "0"));

        assertTrue(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void should_print_help_and_version_on_the_output_stream() {
        assertEquals(0, run(null, "--help"));
        assertEquals(0, run(null, "--version"));

        assertTrue(out.toString().startsWith("Usage: lanes"), out.toString());
        assertTrue(out.toString().contains("\nlanes "), out.toString());
        assertEquals("", err.toString());
    }
}
