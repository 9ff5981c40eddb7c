package dev.lanes.bench.results;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The peaks of multiply-adds that were measured beside the rows, as of single precision.
 *
 * <p>A share is of the largest of the run: beside a row that was measured while a neighbour had the core, the peak is too
 * low, and a share of it looks too good. The largest is known when the last row is.
 */
public final class Peaks {
    private Peaks() {}

    /** Returns the part of the peak of single precision that a kernel can reach: half of it in double precision. */
    public static double usablePart(String kernel) {
        return "dgemm".equals(kernel) ? 0.5 : 1;
    }

    /** Returns what was measured, in GFLOP/s from the lowest to the largest, by number of threads. */
    public static SortedMap<Integer, List<Double>> byThreads(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.fmaPeakGflops() != null)
                .sorted((a, b) -> Double.compare(singlePrecision(a), singlePrecision(b)))
                .collect(Collectors.groupingBy(
                        Row::threads, TreeMap::new, Collectors.mapping(Peaks::singlePrecision, Collectors.toList())));
    }

    /** Returns the report with the largest peaks in its environment, and with each row's share of them. */
    public static Report settle(Report report) {
        List<Row> rows = report.rows() == null ? List.of() : report.rows();
        Map<String, Double> largest = new TreeMap<>();
        byThreads(rows).forEach((threads, peaks) -> largest.put("" + threads, peaks.getLast()));
        return report.with(
                report.environment() == null ? null : report.environment().withFmaPeakGflops(largest),
                rows.stream()
                        .map(row -> row.withShareOfPeak(share(row, largest.get("" + row.threads()))))
                        .toList());
    }

    private static Double share(Row row, Double largest) {
        return row.oursGflops() == null || largest == null
                ? null
                : Double.valueOf(row.oursGflops() / (largest * usablePart(row.kernel())));
    }

    private static double singlePrecision(Row row) {
        return row.fmaPeakGflops() / usablePart(row.kernel());
    }
}
