package dev.lanes.bench.report;

import dev.lanes.bench.results.Contestant;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The report as CSV: one line for each contestant of each row, for spreadsheets and scripts. */
final class CsvTable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "suite",
                    "name",
                    "problem",
                    "origin",
                    "threads",
                    "contestant",
                    "detail",
                    "rate",
                    "unit",
                    "nanos",
                    "nanos_low",
                    "nanos_high",
                    "lanes_over_contestant",
                    "ratio_low",
                    "ratio_high",
                    "share_of_peak",
                    "allocated_bytes_per_op",
                    "valid")
            .get();

    private CsvTable() {}

    static String of(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(out, FORMAT)) {
            for (Row row : report.rows()) {
                List<Contestant> contestants = row.contestants() == null ? List.of() : row.contestants();
                for (int i = 0; i < contestants.size(); i++) {
                    print(printer, row, contestants.get(i), i == 0);
                }
            }
        }
        return out.toString();
    }

    private static void print(CSVPrinter printer, Row row, Contestant contestant, boolean ours) throws IOException {
        boolean samples = row.oursSamplesPerS() != null;
        Double rate = ours
                ? samples ? row.oursSamplesPerS() : row.oursGflops()
                : row.peers() == null ? null : row.peers().get(contestant.name());
        printer.printRecord(
                row.suite(),
                Groups.name(row),
                Groups.problem(row),
                row.origin(),
                row.threads(),
                contestant.name(),
                contestant.detail(),
                rate,
                samples ? "images/s" : "GFLOP/s",
                contestant.nanos() == null ? null : contestant.nanos().median(),
                contestant.nanos() == null ? null : contestant.nanos().low(),
                contestant.nanos() == null ? null : contestant.nanos().high(),
                contestant.ratio() == null ? null : contestant.ratio().median(),
                contestant.ratio() == null ? null : contestant.ratio().low(),
                contestant.ratio() == null ? null : contestant.ratio().high(),
                ours ? row.shareOfPeak() : null,
                ours ? row.allocatedBytesPerOp() : null,
                row.valid());
    }
}
