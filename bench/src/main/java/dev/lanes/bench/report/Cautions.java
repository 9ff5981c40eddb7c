package dev.lanes.bench.report;

import dev.lanes.bench.results.Contestant;
import dev.lanes.bench.results.Machine;
import dev.lanes.bench.results.Peaks;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What makes the numbers of a report less trustworthy, as sentences for its head; found in the report itself. */
public final class Cautions {
    /** From a load of half the cores on, other work is likely to share a core with what is measured, or its clock. */
    private static final double BUSY = 0.5;

    /**
     * The peak is the best of some tenths of a second: quiet machines repeat it to a few hundredths, a neighbour on the
     * core takes a fifth and more.
     */
    private static final double VARIED = 0.85;

    /** One low peak in ten rows may be a slip of the measurement. */
    private static final int SLIPS = 10;

    /** Quiet machines stay below 0.2 % in half of the rows. */
    private static final double WAITED = 1.01;

    private Cautions() {}

    /** Returns the sentences, without a full stop; none where nothing speaks against the numbers. */
    public static List<String> of(Report report) {
        List<String> found = new ArrayList<>();
        if (report.partial()) {
            found.add(
                    "the run is incomplete: " + Objects.requireNonNullElse(report.partialReason(), "it was cut short"));
        }
        Machine machine = report.environment();
        if (machine != null) {
            busyBefore(machine.loadBefore(), machine.cores()).ifPresent(found::add);
            busyAfter(machine, report.rows()).ifPresent(found::add);
        }
        waited(report.rows()).ifPresent(found::add);
        Peaks.byThreads(report.rows())
                .forEach((threads, peaks) -> varied(threads, peaks).ifPresent(found::add));
        long invalid = report.rows().stream().filter(row -> !row.valid()).count();
        if (invalid > 1) { // one may happen anywhere, and is marked in its table
            found.add(invalid + " of " + report.rows().size() + " rows are invalid");
        }
        return List.copyOf(found);
    }

    /** Returns a sentence where the load average of the last minute was high when a run began. */
    public static Optional<String> busyBefore(double load, int cores) {
        return load < BUSY * cores || cores < 1
                ? Optional.empty()
                : text(
                        "the machine was busy when the run began: load %.1f on %s (a build just before counts too)",
                        load, count(cores, "core"));
    }

    /** The same at the end, when the threads of the run itself are part of the load. */
    private static Optional<String> busyAfter(Machine machine, List<Row> rows) {
        int own = rows.stream().mapToInt(Row::threads).max().orElse(1);
        return machine.loadAfter() < own + BUSY * machine.cores() || machine.cores() < 1
                ? Optional.empty()
                : text(
                        "the machine was busy when the run ended: load %.1f on %s, of which the run itself made %d",
                        machine.loadAfter(), count(machine.cores(), "core"), own);
    }

    /** Looks for other programs on the core of our one thread: the clock on the wall sees them, processor time does not. */
    private static Optional<String> waited(List<Row> rows) {
        List<Double> sorted = rows.stream()
                .filter(row -> row.contestants() != null && !row.contestants().isEmpty())
                .map(row -> row.contestants().getFirst())
                .map(Contestant::wallOverCpu)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        double median = sorted.isEmpty() ? 1 : sorted.get(sorted.size() / 2);
        return median < WAITED
                ? Optional.empty()
                : text(
                        "other programs took the core from lanes: by the clock on the wall half of the rows on one thread"
                                + " took at least %.1f %% longer than in processor time",
                        100 * (median - 1));
    }

    private static Optional<String> varied(int threads, List<Double> ascending) {
        double low = ascending.get(ascending.size() / SLIPS);
        double largest = ascending.getLast();
        return low >= VARIED * largest
                ? Optional.empty()
                : text(
                        "the peak of multiply-adds varied between %.0f and %.0f GFLOP/s on %s within the run: other"
                                + " work shared the machine, or its clock changed; shares of the peak and rates are less"
                                + " certain than ratios, which were measured in turns",
                        ascending.getFirst(), largest, count(threads, "thread"));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Optional<String> text(String format, Object... values) {
        return Optional.of(String.format(Locale.ROOT, format, values));
    }
}
