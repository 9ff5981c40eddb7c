package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.results.ReportFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
    @TempDir
    private Path folder;

    private static Path sample() throws Exception {
        return Path.of(ReportFile.class.getResource("sample.json").toURI());
    }

    @Test
    void should_write_the_page_of_the_newer_run() throws Exception {
        Path page = folder.resolve("page");
        int exit = new CommandLine(new CompareCommand())
                .execute(sample().toString(), sample().toString(), "--out", page.toString());
        assertEquals(0, exit);
        assertTrue(Files.size(page.resolve("index.html")) > 100_000);
        assertTrue(Files.exists(page.resolve("bench.json")));
        assertTrue(Files.exists(page.resolve("bench.csv")));
        assertTrue(Files.exists(page.resolve("bench.md")));
    }

    @Test
    void should_name_a_file_that_is_not_there() {
        StringWriter errors = new StringWriter();
        CommandLine line = new CommandLine(new CompareCommand()).setErr(new PrintWriter(errors));
        assertEquals(2, line.execute("no.json", "none.json"));
        assertTrue(errors.toString().startsWith("no file no.json"), errors::toString);
    }
}
