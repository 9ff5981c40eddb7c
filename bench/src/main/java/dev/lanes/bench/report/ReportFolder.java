package dev.lanes.bench.report;

import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.ReportFile;
import dev.lanes.formats.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder that a comparison is read in: a page, its numbers for machines, and tables for other programs. */
public final class ReportFolder {
    private ReportFolder() {}

    /**
     * Writes {@code index.html}, {@code bench.json}, {@code bench.csv} and {@code bench.md}, each as a whole or not at
     * all, and returns them.
     *
     * @param baseline an older report to compare with; null without
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(Path folder, Report report, Report baseline) throws IOException {
        Files.createDirectories(folder);
        Comparison comparison = baseline == null ? null : Comparison.of(baseline, report);
        List<Path> files = new ArrayList<>();
        files.add(text(folder.resolve("index.html"), HtmlPage.of(report, comparison)));
        Path json = folder.resolve("bench.json");
        ReportFile.write(json, report);
        files.add(json);
        files.add(text(folder.resolve("bench.csv"), CsvTable.of(report)));
        files.add(text(folder.resolve("bench.md"), MarkdownTable.of(report)));
        return files;
    }

    private static Path text(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return file;
    }
}
