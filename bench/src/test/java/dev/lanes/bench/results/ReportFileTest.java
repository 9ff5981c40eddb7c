package dev.lanes.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportFileTest {
    @TempDir
    private Path temp;

    /** A real run of a busy machine, with invalid rows and missing peers. */
    private Path sample() throws IOException {
        try (var in = ReportFileTest.class.getResourceAsStream("sample.json")) {
            Path file = temp.resolve("sample.json");
            Files.write(file, in.readAllBytes());
            return file;
        }
    }

    @Test
    void should_read_a_recorded_run() throws IOException {
        Report report = ReportFile.read(sample());

        assertEquals("kernels", report.suite());
        assertEquals("vector", report.environment().backend());
        Row row = report.rows().getFirst();
        assertEquals("sgemm", row.kernel());
        assertEquals(9, row.contestants().getFirst().samplesNanos().size());
        assertTrue(row.ratioBestPeerInterval().low() <= row.ratioBestPeer());
        assertNull(row.network());
        assertTrue(report.rows().stream()
                .anyMatch(r -> !r.valid() && !r.invalidReasons().isEmpty()));
    }

    /** The sample is of the former format, where shares were of the peak beside the row. */
    @Test
    void should_read_the_former_format_as_if_it_were_written_today() throws IOException {
        assertTrue(Files.readString(sample()).contains("\"format\" : \"" + Report.FORMER + "\""));

        Report report = ReportFile.read(sample());

        assertEquals(Report.FORMAT, report.format());
        for (Row row : report.rows()) {
            double largest = report.environment().fmaPeakGflops().get("" + row.threads());
            assertTrue(row.fmaPeakGflops() <= largest, row::shape);
            assertEquals(row.oursGflops() == null, row.shareOfPeak() == null, row::shape);
            if (row.shareOfPeak() != null) {
                assertEquals(row.oursGflops() / largest, row.shareOfPeak(), 1e-12, row::shape);
            }
        }
    }

    @Test
    void should_leave_the_shares_of_the_present_format_as_they_are() throws IOException {
        Report report = ReportFile.read(sample());
        Report changed = report.with(
                report.environment(),
                report.rows().stream().map(row -> row.withShareOfPeak(0.25)).toList());
        Path file = temp.resolve("changed.json");

        ReportFile.write(file, changed);

        assertEquals(changed, ReportFile.read(file));
    }

    @Test
    void should_give_back_what_was_written() throws IOException {
        Report report = ReportFile.read(sample());
        Path file = temp.resolve("again.json");

        ReportFile.write(file, report);

        assertEquals(report, ReportFile.read(file));
    }

    @Test
    void should_name_the_fields_as_documented() throws IOException {
        Map<?, ?> report = JsonMapper.builder().build().readValue(Files.readString(sample()), Map.class);
        Map<?, ?> row = (Map<?, ?>) ((java.util.List<?>) report.get("rows")).getFirst();

        for (String field : new String[] {
            "kernel", "shape", "threads", "ours_gflops", "peers", "ratio_best_peer", "fma_peak_gflops", "share_of_peak"
        }) {
            assertTrue(row.containsKey(field), field);
        }
    }

    @Test
    void should_refuse_what_is_no_report() throws IOException {
        Path file = temp.resolve("other.json");
        for (String text : new String[] {"", "{", "[]", "null", "{}", "{\"format\":\"lanes-bench/99\"}"}) {
            Files.writeString(file, text);

            assertThrows(IOException.class, () -> ReportFile.read(file), text);
        }
    }

    @Test
    void should_pass_over_unknown_fields() throws IOException {
        Path file = temp.resolve("newer.json");
        Files.writeString(file, "{\"format\":\"" + Report.FORMAT + "\",\"news\":1}");

        assertEquals(Report.FORMAT, ReportFile.read(file).format());
    }
}
