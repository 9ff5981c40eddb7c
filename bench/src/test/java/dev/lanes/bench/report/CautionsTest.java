package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.results.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CautionsTest {
    private static final String PEAK = "the peak of multiply-adds varied between ";

    /** Rows with these peaks, on one thread. */
    private static List<String> ofPeaks(int... peaks) {
        return Cautions.of(Reports.of(IntStream.range(0, peaks.length)
                .mapToObj(i -> Reports.row("sgemm", "m" + i, 1, 500, peaks[i]))
                .toArray(Row[]::new)));
    }

    private static List<String> ofLoad(double before, double after) {
        return Cautions.of(Reports.of(Reports.machine("processor", before, after), false));
    }

    @Test
    void should_say_nothing_of_a_quiet_run() {
        assertEquals(List.of(), Cautions.of(Reports.of()));
        assertEquals(
                List.of(),
                Cautions.of(Reports.of(
                        Reports.row("sgemm", "m1", 1, 500, 98),
                        Reports.row("sgemm", "m1", 2, 300, 200),
                        Reports.row("dgemm", "m1", 1, 1000, 50), // half, as double precision has
                        Reports.row("sgemm", "m2", "", 1, 500, false),
                        Reports.disturbed("m3", 1.001))));
    }

    @Test
    void should_tell_that_the_peak_varied() {
        List<String> cautions = ofPeaks(100, 70, 99);
        assertEquals(1, cautions.size());
        assertTrue(
                cautions.getFirst().startsWith(PEAK + "70 and 100 GFLOP/s on 1 thread within the run"),
                cautions::toString);
        assertEquals(List.of(), ofPeaks(100, 86, 99));
    }

    @Test
    void should_take_one_low_peak_in_ten_for_a_slip() {
        assertEquals(List.of(), ofPeaks(100, 100, 100, 60, 100, 100, 100, 100, 100, 100));
        assertEquals(1, ofPeaks(100, 100, 100, 60, 100, 100, 60, 100, 100, 100).size());
    }

    @Test
    void should_look_at_each_number_of_threads_by_itself() {
        List<String> cautions = Cautions.of(Reports.of(
                Reports.row("sgemm", "m1", 1, 500, 100),
                Reports.row("sgemm", "m1", 2, 300, 200),
                Reports.row("dgemm", "m1", 2, 600, 60)));
        assertEquals(1, cautions.size());
        assertTrue(cautions.getFirst().startsWith(PEAK + "120 and 200 GFLOP/s on 2 threads"), cautions::toString);
    }

    @Test
    void should_tell_that_the_machine_was_busy() {
        assertEquals(List.of(), ofLoad(0.9, 1.9)); // the run's own thread is part of the load at its end
        assertEquals(List.of(), ofLoad(-1, -1)); // unknown
        assertEquals(
                List.of(
                        "the machine was busy when the run began: load 1.0 on 2 cores (a build just before counts too)"),
                ofLoad(1, 1));
        assertEquals(
                List.of("the machine was busy when the run ended: load 7.8 on 2 cores, of which the run itself made 1"),
                ofLoad(0.1, 7.83));
    }

    @Test
    void should_tell_that_other_programs_took_the_core() {
        List<String> cautions = Cautions.of(
                Reports.of(Reports.disturbed("m1", 1.001), Reports.disturbed("m2", 1.03), Reports.disturbed("m3", 2)));
        assertEquals(1, cautions.size());
        assertTrue(cautions.getFirst().contains("took at least 3.0 % longer"), cautions::toString);
    }

    @Test
    void should_tell_of_a_run_that_is_incomplete_or_has_invalid_rows() {
        assertEquals(
                List.of("the run is incomplete: it was interrupted", "2 of 3 rows are invalid"),
                Cautions.of(Reports.of(
                        Reports.machine("processor"),
                        true,
                        Reports.row("sgemm", "m1", "", 1, 500, false),
                        Reports.row("sgemm", "m2", "", 1, 500, false),
                        Reports.row("sgemm", "m3", 1, 500))));
    }
}
