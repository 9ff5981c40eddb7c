package dev.lanes.bench.report;

import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a report by kernel and threads, each group with its geometric mean against the best peer. */
final class Groups {
    private Groups() {}

    /**
     * A kernel, or a network and its mode, at one number of threads.
     *
     * @param name kernel, or network and mode
     * @param threads that worked on each row
     * @param rows all of them, the invalid included
     * @param compared how many are valid and have a peer
     * @param meanRatio geometric mean of the ratios of those to the best peer; null where there is none
     * @param worstRatio the lowest of them; null where there is none
     * @param worst the row that it belongs to; empty where there is none
     * @param bestPeers the names of those best peers
     * @param meanShareOfPeak geometric mean of the shares of the peak of all valid rows that have one; null without
     */
    record Group(
            String name,
            int threads,
            int rows,
            int compared,
            Double meanRatio,
            Double worstRatio,
            String worst,
            List<String> bestPeers,
            Double meanShareOfPeak) {}

    /** Returns the groups in the order in which their first rows come. */
    static List<Group> of(List<Row> rows) {
        Map<List<Object>, List<Row>> byGroup = new LinkedHashMap<>();
        rows.forEach(row -> byGroup.computeIfAbsent(List.of(name(row), row.threads()), _ -> new ArrayList<>())
                .add(row));
        return byGroup.values().stream().map(Groups::group).toList();
    }

    /** Returns what the rows of a group have in common but the threads. */
    static String name(Row row) {
        if (row.network() != null) {
            return row.network() + ", " + row.mode();
        }
        String kernel = row.kernel() == null ? "?" : row.kernel();
        return "ffi".equals(row.suite())
                ? kernel + " through the bindings"
                : kernel; // other suites have the same kernels
    }

    /** Returns what tells a row from the others of its group. */
    static String problem(Row row) {
        return row.shape() != null ? row.shape() : row.batch() == null ? "" : "batch " + row.batch();
    }

    private static Group group(List<Row> rows) {
        List<Row> compared = rows.stream()
                .filter(row -> row.valid() && row.ratioBestPeer() != null)
                .toList();
        Row worst = compared.stream()
                .reduce((a, b) -> b.ratioBestPeer() < a.ratioBestPeer() ? b : a)
                .orElse(null);
        return new Group(
                name(rows.getFirst()),
                rows.getFirst().threads(),
                rows.size(),
                compared.size(),
                geometricMean(compared.stream().map(Row::ratioBestPeer).toList()),
                worst == null ? null : worst.ratioBestPeer(),
                worst == null ? "" : problem(worst),
                compared.stream().map(Row::bestPeer).distinct().toList(),
                geometricMean(rows.stream()
                        .filter(row -> row.valid() && row.shareOfPeak() != null)
                        .map(Row::shareOfPeak)
                        .toList()));
    }

    private static Double geometricMean(List<Double> values) {
        return values.isEmpty()
                ? null
                : Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
    }
}
