package dev.lanes.bench.report;

import dev.lanes.bench.results.Machine;
import dev.lanes.bench.results.PeerStatus;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The report as Markdown, to be kept in a repository: what was measured on what, the means, then every row. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String of(Report report) {
        StringBuilder out =
                new StringBuilder("# ").append(cell(Title.of(report))).append("\n\n");
        Cautions.of(report)
                .forEach(caution ->
                        out.append("**Caution:** ").append(cell(caution)).append("\n\n"));
        if (report.environment() != null) {
            machine(out, report, report.environment());
        }
        groups(out, Groups.of(report.rows()));
        rows(out, report.rows());
        return out.toString();
    }

    private static void machine(StringBuilder out, Report report, Machine machine) {
        out.append(line("processor", machine.cpu() + ", " + machine.cores() + " cores"))
                .append(line("backend", machine.backend() + ", " + machine.vectorBits() + " bits"))
                .append(line("JVM", machine.vm() + " " + machine.jdk()))
                .append(line("system", machine.system()))
                .append(line("peak of multiply-adds, GFLOP/s by threads", map(machine.fmaPeakGflops())))
                .append(line("memory bandwidth (triad), GB/s by threads", map(machine.triadGbytesPerS())))
                .append(line(
                        "load of the machine", machine.loadBefore() + " before, " + machine.loadAfter() + " after"))
                .append(line("command", report.command()))
                .append('\n');
        out.append("| peer | version | kernels for | |\n|---|---|---|---|\n");
        for (PeerStatus peer : machine.peers() == null ? List.<PeerStatus>of() : machine.peers()) {
            out.append("| ")
                    .append(cell(peer.name()))
                    .append(" | ")
                    .append(cell(peer.version()))
                    .append(" | ")
                    .append(cell(peer.core()))
                    .append(" | ")
                    .append(peer.available() ? "" : "missing: " + cell(peer.reason()))
                    .append(" |\n");
        }
        out.append('\n');
    }

    private static void groups(StringBuilder out, List<Groups.Group> groups) {
        out.append("Above 1 lanes is faster; geometric means over the rows that have a peer.\n\n")
                .append("| | threads | rows | mean against the best peer | lowest | of | mean share of the peak |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (Groups.Group group : groups) {
            out.append("| ")
                    .append(cell(group.name()))
                    .append(" | ")
                    .append(group.threads())
                    .append(" | ")
                    .append(group.compared())
                    .append(" of ")
                    .append(group.rows())
                    .append(" | ")
                    .append(number(group.meanRatio(), 2))
                    .append(" | ")
                    .append(number(group.worstRatio(), 2))
                    .append(" | ")
                    .append(cell(group.worst()))
                    .append(" | ")
                    .append(number(group.meanShareOfPeak(), 2))
                    .append(" |\n");
        }
        out.append('\n');
    }

    private static void rows(StringBuilder out, List<Row> rows) {
        out.append("| | problem | threads | lanes | unit | share of peak | best peer | ratio | interval |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            boolean samples = row.oursSamplesPerS() != null;
            StringJoiner cells = new StringJoiner(" | ", "| ", " |\n")
                    .add(cell(Groups.name(row)))
                    .add(cell(Groups.problem(row)))
                    .add(String.valueOf(row.threads()))
                    .add(number(samples ? row.oursSamplesPerS() : row.oursGflops(), samples ? 0 : 1))
                    .add(samples ? "images/s" : "GFLOP/s");
            if (row.valid()) {
                cells.add(number(row.shareOfPeak(), 2))
                        .add(cell(row.bestPeer()))
                        .add(number(row.ratioBestPeer(), 2))
                        .add(
                                row.ratioBestPeerInterval() == null
                                        ? ""
                                        : number(row.ratioBestPeerInterval().low(), 2) + " to "
                                                + number(
                                                        row.ratioBestPeerInterval()
                                                                .high(),
                                                        2));
            } else {
                cells.add("").add("").add("**invalid**").add(cell(String.join("; ", row.invalidReasons())));
            }
            out.append(cells);
        }
    }

    private static String line(String name, String value) {
        return "- " + name + ": " + cell(value) + "\n";
    }

    private static String map(java.util.Map<String, Double> values) {
        StringJoiner text = new StringJoiner(", ");
        new TreeMap<>(values == null ? java.util.Map.<String, Double>of() : values)
                .forEach((threads, value) -> text.add(threads + ": " + number(value, 0)));
        return text.toString();
    }

    /** Returns a text that neither ends its cell nor becomes markup. */
    private static String cell(String text) {
        return text == null
                ? ""
                : text.replaceAll("[\\r\\n]+", " ")
                        .replace("\\", "\\\\")
                        .replace("|", "\\|")
                        .replace("<", "&lt;")
                        .replace("`", "\\`")
                        .replace("*", "\\*")
                        .replace("[", "\\[");
    }

    private static String number(Double value, int digits) {
        return value == null ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
