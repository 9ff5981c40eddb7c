package dev.lanes.bench.run;

import dev.lanes.bench.report.JmhFile;
import dev.lanes.bench.report.ReportFolder;
import dev.lanes.bench.results.Jar;
import dev.lanes.bench.results.Peaks;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.ReportFile;
import dev.lanes.bench.results.Row;
import dev.lanes.bench.results.StartUp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run has found so far; written at its end, and also when Ctrl-C ends it early. */
final class Session implements AutoCloseable {
    private static final String INTERRUPTED = "the run was interrupted";

    private final String suite;
    private final boolean quick;
    private final String command;
    private final List<Path> files;
    private final Path folder;
    private final Report baseline;
    private final PrintStream out;
    private final MachineProbe machine = new MachineProbe();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> jmh = new ArrayList<>();
    private final List<StartUp> startUps = new ArrayList<>();
    private final List<Jar> jars = new ArrayList<>();
    private final String started = now();
    private final Thread hook = new Thread(this::interrupted);
    private String cutShort = INTERRUPTED;
    private boolean written;

    /**
     * Begins a run.
     *
     * @param folder where the page and its tables go; null for none
     * @param baseline an older report for the page to compare with; null for none
     * @param files where the JSON goes as well
     */
    Session(
            String suite,
            boolean quick,
            String command,
            Path folder,
            Report baseline,
            List<Path> files,
            PrintStream out) {
        this.suite = suite;
        this.quick = quick;
        this.command = LocalPaths.leaveOut(command);
        this.folder = folder;
        this.baseline = baseline;
        this.files = files;
        this.out = out;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    MachineProbe machine() {
        return machine;
    }

    /** Takes a row and what JMH says of it, unless the run has ended: the thread that measures goes on while the JVM goes down. */
    synchronized boolean add(Row row, List<String> ofJmh) {
        if (written) {
            return false;
        }
        rows.add(row);
        jmh.addAll(ofJmh);
        return true;
    }

    synchronized void add(StartUp startUp) {
        startUps.add(startUp);
    }

    synchronized void addJars(List<Jar> found) {
        jars.addAll(found);
    }

    /** Says that the end was reached; all is done that was asked for, unless something was cut short before. */
    synchronized void complete() {
        if (cutShort.equals(INTERRUPTED)) {
            cutShort = "";
        }
    }

    /** Says why not all will be done. */
    synchronized void cutShort(String reason) {
        cutShort = reason;
    }

    /** Returns the line of a row for people. */
    static String line(Row row) {
        StringBuilder text = new StringBuilder();
        String what = row.network() == null
                ? row.kernel() + "  " + row.shape()
                : row.network() + "  " + row.mode() + " b" + row.batch();
        text.append(String.format(Locale.ROOT, "%-62s %dT ", what, row.threads()));
        boolean samples = row.network() != null;
        Double ours = samples ? row.oursSamplesPerS() : row.oursGflops();
        text.append(ours == null ? "   --   " : String.format(Locale.ROOT, samples ? "%8.0f/s" : "%8.1f", ours));
        if (row.ratioBestPeerInterval() != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %.2fx %s [%.2f, %.2f]",
                    row.ratioBestPeer(),
                    row.bestPeer(),
                    row.ratioBestPeerInterval().low(),
                    row.ratioBestPeerInterval().high()));
        }
        for (Map.Entry<String, Double> peer : row.peers().entrySet()) {
            text.append(
                    String.format(Locale.ROOT, samples ? "  %s %.0f/s" : "  %s %.1f", peer.getKey(), peer.getValue()));
        }
        if (!row.valid()) {
            text.append("  INVALID ").append(String.join("; ", row.invalidReasons()));
        }
        return text.toString();
    }

    private synchronized Report report() {
        return Peaks.settle(new Report(
                Report.FORMAT,
                suite,
                quick ? "quick" : "full",
                command,
                started,
                now(),
                !cutShort.isEmpty(),
                cutShort,
                machine.machine(),
                List.copyOf(rows),
                List.copyOf(startUps),
                List.copyOf(jars)));
    }

    /** Writes the files, once. */
    @Override
    public void close() throws IOException {
        write();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and finds everything written.
        }
    }

    private synchronized void write() throws IOException {
        if (written) {
            return;
        }
        written = true;
        Report report = report();
        for (Path file : files) {
            ReportFile.write(file, report);
        }
        if (folder != null) {
            ReportFolder.write(folder, report, baseline);
            if (!jmh.isEmpty()) {
                JmhFile.write(folder.resolve("jmh.json"), jmh);
            }
        }
    }

    private void interrupted() {
        try {
            boolean partial;
            synchronized (this) {
                partial = !written;
            }
            write();
            if (partial) {
                out.println("\ninterrupted; " + rows.size() + " rows are kept"
                        + (folder != null ? " in " + folder : files.isEmpty() ? "" : " in " + files.getFirst()));
            }
        } catch (IOException e) {
            out.println("\ninterrupted, and nothing could be kept: " + e.getMessage());
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
