package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lanes.bench.results.Peaks;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeaksTest {
    private static final Report REPORT = Peaks.settle(Reports.of(
            Reports.row("sgemm", "m1", 1, 1000, 60), // 50 GFLOP/s, beside a neighbour
            Reports.row("sgemm", "m2", 1, 1000, 100),
            Reports.row("dgemm", "m1", 1, 2000, 40), // 25 GFLOP/s
            Reports.row("sgemm", "m1", 2, 500, 180)));

    @Test
    void should_keep_the_largest_peak_of_each_number_of_threads() {
        assertEquals(Map.of("1", 100.0, "2", 180.0), REPORT.environment().fmaPeakGflops());
        assertEquals(Map.of(1, List.of(60.0, 80.0, 100.0), 2, List.of(180.0)), Peaks.byThreads(REPORT.rows()));
    }

    @Test
    void should_take_shares_of_the_largest_peak_and_in_double_precision_of_half_of_it() {
        assertEquals(
                List.of(0.5, 0.5, 0.5, 100.0 / 180),
                REPORT.rows().stream().map(Row::shareOfPeak).toList());
        assertEquals(
                List.of(60.0, 100.0, 40.0, 180.0),
                REPORT.rows().stream().map(Row::fmaPeakGflops).toList());
    }

    @Test
    void should_know_no_share_without_rows_that_have_one() {
        assertEquals(Map.of(), Peaks.settle(Reports.of()).environment().fmaPeakGflops());
        assertNull(Peaks.settle(Reports.of(null, false)).environment());
    }
}
