package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.report.Comparison.Change;
import dev.lanes.bench.report.Comparison.Verdict;
import dev.lanes.bench.results.Peaks;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Change change(Row before, Row after) {
        return Comparison.of(Reports.of(before), Reports.of(after)).changes().getFirst();
    }

    @Test
    void should_tell_changes_from_noise() {
        Row before = Reports.row("sgemm", "m1", 1, 1000);
        assertEquals(
                Verdict.FASTER,
                change(before, Reports.row("sgemm", "m1", 1, 900)).verdict());
        assertEquals(
                Verdict.SLOWER,
                change(before, Reports.row("sgemm", "m1", 1, 1100)).verdict());
        assertEquals(
                Verdict.SAME, change(before, Reports.row("sgemm", "m1", 1, 985)).verdict());
        assertEquals(
                Verdict.SAME,
                change(before, Reports.row("sgemm", "m1", 1, 1015)).verdict());
    }

    @Test
    void should_give_the_newer_speed_over_the_older() {
        Change change = change(Reports.row("sgemm", "m1", 1, 1000), Reports.row("sgemm", "m1", 1, 500));
        assertEquals("sgemm m1, 1 thread", change.row());
        assertEquals(2.0, change.speed(), 1e-12);
        assertTrue(change.low() < 2 && change.low() > 1.9, () -> "" + change.low());
        assertTrue(change.high() > 2 && change.high() < 2.1, () -> "" + change.high());
        assertEquals(1.0, change.ratioBefore(), 1e-12);
        assertEquals(2.0, change.ratioAfter(), 1e-12);
    }

    @Test
    void should_set_times_against_the_peak_of_the_run_not_of_the_row() {
        Report quiet = Peaks.settle(
                Reports.of(Reports.row("sgemm", "m1", 1, 1000, 100), Reports.row("sgemm", "m2", 1, 1000, 100)));
        Report slower = Peaks.settle(
                Reports.of(Reports.row("sgemm", "m1", 1, 2000, 50), Reports.row("sgemm", "m2", 1, 2000, 25)));
        Comparison.of(quiet, slower).changes().forEach(change -> {
            assertEquals(Verdict.SAME, change.verdict());
            assertEquals(1.0, change.speed(), 1e-12);
        });
    }

    @Test
    void should_not_judge_invalid_rows() {
        Change change = change(Reports.row("sgemm", "m1", "", 1, 1000, false), Reports.row("sgemm", "m1", 1, 500));
        assertEquals(Verdict.INVALID, change.verdict());
        assertNull(change.speed());
    }

    @Test
    void should_list_what_only_one_has() {
        Comparison comparison = Comparison.of(
                Reports.of(Reports.row("sgemm", "m1", 1, 1000), Reports.row("sgemm", "m2", 1, 1000)),
                Reports.of(Reports.row("sgemm", "m1", 1, 1000), Reports.row("sgemm", "m1", 2, 1000)));
        assertEquals(1, comparison.changes().size());
        assertEquals(List.of("sgemm m1, 2 threads"), comparison.added());
        assertEquals(List.of("sgemm m2, 1 thread"), comparison.removed());
    }

    @Test
    void should_say_when_the_machines_differ() {
        assertTrue(Comparison.of(Reports.of(), Reports.of()).sameMachine());
        assertFalse(Comparison.of(Reports.of(Reports.machine("another"), false), Reports.of())
                .sameMachine());
    }
}
