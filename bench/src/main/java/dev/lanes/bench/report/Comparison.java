package dev.lanes.bench.report;

import dev.lanes.bench.results.Interval;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed between two reports.
 *
 * <p>Clocks and other programs differ from run to run, so times are not compared as they are: each is first divided by
 * the time that the peak of its own run would have taken: the largest that was measured for that number of threads, in
 * older formats too, see {@link dev.lanes.bench.results.Peaks}. A change counts only where the intervals of the two
 * medians do not meet, and by more than {@value #LEAST} of the value, since the peak itself is measured no better than
 * that.
 *
 * @param before where the older report is from: when it was started
 * @param after the same of the newer one
 * @param sameMachine whether both name the same processor
 * @param changes one for each row that both have, in the order of the newer one
 * @param added rows that only the newer one has
 * @param removed rows that only the older one has
 */
public record Comparison(
        String before,
        String after,
        boolean sameMachine,
        List<Change> changes,
        List<String> added,
        List<String> removed) {
    /** Changes below this share are noise whatever the intervals say. */
    public static final double LEAST = 0.03;

    /** What became of a row. */
    public enum Verdict {
        /** More work in the same time, outside the noise. */
        FASTER,
        /** Less work in the same time, outside the noise. */
        SLOWER,
        /** No difference that could be told from noise. */
        SAME,
        /** One of the two is invalid. */
        INVALID
    }

    /**
     * A row of both reports.
     *
     * @param row kernel, problem and threads
     * @param speed the newer rate over the older, the runs' peaks set equal
     * @param low end of its interval
     * @param high end of its interval
     * @param ratioBefore against the best peer, in the older report; null where there is none
     * @param ratioAfter the same in the newer one
     * @param verdict whether it counts
     */
    public record Change(
            String row,
            Double speed,
            Double low,
            Double high,
            Double ratioBefore,
            Double ratioAfter,
            Verdict verdict) {}

    /** Compares an older report with a newer one. */
    public static Comparison of(Report before, Report after) {
        Map<String, Row> old = byKey(before.rows());
        Map<String, Row> young = byKey(after.rows());
        List<Change> changes = new ArrayList<>();
        List<String> added = new ArrayList<>();
        young.forEach((key, row) -> {
            if (old.containsKey(key)) {
                changes.add(change(key, peak(before, row), peak(after, row), old.get(key), row));
            } else {
                added.add(key);
            }
        });
        List<String> removed =
                old.keySet().stream().filter(key -> !young.containsKey(key)).toList();
        return new Comparison(
                before.started(),
                after.started(),
                before.environment() != null
                        && after.environment() != null
                        && String.valueOf(before.environment().cpu())
                                .equals(after.environment().cpu()),
                List.copyOf(changes),
                List.copyOf(added),
                removed);
    }

    private static Map<String, Row> byKey(List<Row> rows) {
        Map<String, Row> keys = new LinkedHashMap<>();
        rows.forEach(row -> keys.put(
                Groups.name(row) + " " + Groups.problem(row) + ", " + row.threads()
                        + (row.threads() == 1 ? " thread" : " threads"),
                row));
        return keys;
    }

    private static Change change(String key, double oldPeak, double youngPeak, Row before, Row after) {
        Interval old = relativeTime(before, oldPeak);
        Interval young = relativeTime(after, youngPeak);
        if (old == null || young == null) {
            return new Change(key, null, null, null, before.ratioBestPeer(), after.ratioBestPeer(), Verdict.INVALID);
        }
        double speed = old.median() / young.median();
        double low = old.low() / young.high();
        double high = old.high() / young.low();
        Verdict verdict = low > 1 && speed > 1 + LEAST
                ? Verdict.FASTER
                : high < 1 && speed < 1 - LEAST ? Verdict.SLOWER : Verdict.SAME;
        return new Change(key, speed, low, high, before.ratioBestPeer(), after.ratioBestPeer(), verdict);
    }

    /** Returns the peak of a run for as many threads as the row has; 1, which changes nothing, where it is unknown. */
    private static double peak(Report report, Row row) {
        Map<String, Double> peaks =
                report.environment() == null ? null : report.environment().fmaPeakGflops();
        return peaks == null ? 1 : peaks.getOrDefault("" + row.threads(), 1.0);
    }

    /** Returns our time as a multiple of what the run's peak would take for as many operations as it did in a second. */
    private static Interval relativeTime(Row row, double peak) {
        if (!row.valid() || row.contestants() == null || row.contestants().isEmpty()) {
            return null;
        }
        Interval nanos = row.contestants().getFirst().nanos();
        return nanos == null ? null : new Interval(nanos.median() * peak, nanos.low() * peak, nanos.high() * peak);
    }
}
