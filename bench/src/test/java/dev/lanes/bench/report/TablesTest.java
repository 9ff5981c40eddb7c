package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.results.Report;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Markdown and CSV. */
class TablesTest {
    private static final Report HOSTILE = Reports.of(
            Reports.machine(Reports.HOSTILE), true, Reports.row(Reports.HOSTILE, "m1", Reports.HOSTILE, 1, 500, true));

    @Test
    void should_write_a_line_of_csv_for_each_contestant() throws IOException {
        String csv = CsvTable.of(Reports.of(Reports.row("sgemm", "NN m1, n2", 1, 500)));
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new java.io.StringReader(csv))
                .getRecords();
        assertEquals(2, records.size());
        assertEquals("NN m1, n2", records.getFirst().get("problem"));
        assertEquals("100.0", records.getFirst().get("rate"));
        assertEquals("openblas", records.getLast().get("contestant"));
        assertEquals("50.0", records.getLast().get("rate"));
        assertEquals("2.0", records.getLast().get("lanes_over_contestant"));
    }

    @Test
    void should_keep_hostile_text_in_its_cell() throws IOException {
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new java.io.StringReader(CsvTable.of(HOSTILE)))
                .getRecords();
        assertEquals(Reports.HOSTILE, records.getFirst().get("name"));
        String markdown = MarkdownTable.of(HOSTILE);
        assertFalse(markdown.contains("<script>"), markdown);
        assertFalse(markdown.contains("<img"), markdown);
        markdown.lines()
                .filter(line -> line.startsWith("| ") && line.contains("m1"))
                .forEach(line -> assertTrue(line.endsWith("|"), line));
    }

    @Test
    void should_tell_in_markdown_what_is_incomplete_invalid_and_missing() {
        String markdown = MarkdownTable.of(
                Reports.of(Reports.machine("processor"), true, Reports.row("sgemm", "m1", "", 1, 500, false)));
        assertTrue(markdown.contains("**Caution:** the run is incomplete: it was interrupted\n"), markdown);
        assertTrue(markdown.contains("| **invalid** | the rounds differ too much |"), markdown);
        assertTrue(markdown.contains("| mkl |  |  | missing: it was not downloaded |"), markdown);
    }

    @Test
    void should_say_at_the_head_of_markdown_what_makes_the_numbers_less_certain() {
        String markdown = MarkdownTable.of(
                Reports.of(Reports.machine("processor", 3.3, 7.8), false, Reports.row("sgemm", "m1", 1, 500)));
        assertTrue(
                markdown.indexOf("**Caution:** the machine was busy when the run began: load 3.3 on 2 cores") > 0,
                markdown);
        assertTrue(markdown.indexOf("**Caution:**") < markdown.indexOf("- processor:"), markdown);
        assertFalse(MarkdownTable.of(Reports.of()).contains("**Caution:**"));
    }

    @Test
    void should_write_an_empty_report() throws IOException {
        assertTrue(MarkdownTable.of(Reports.of()).startsWith("# lanes beside other libraries, 2026-01-02: processor"));
        assertEquals(1, CsvTable.of(Reports.of()).lines().count());
    }
}
