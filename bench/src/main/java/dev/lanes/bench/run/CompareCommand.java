package dev.lanes.bench.run;

import dev.lanes.bench.report.Comparison;
import dev.lanes.bench.report.ReportFolder;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.ReportFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes bench compare}: what changed between two runs. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what changed between two runs by more than the noise.",
            "Times are set against the peak of each run, since clocks differ; a change counts where the intervals of the"
                    + " medians do not meet."
        })
public final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLDER", description = "The JSON of the run to compare with.")
    private Path older;

    @Parameters(index = "1", paramLabel = "NEWER", description = "The JSON of the run to judge.")
    private Path newer;

    @Option(names = "--out", paramLabel = "DIR", description = "Write the newer run as a page that marks the changes.")
    private Path folder;

    private final PrintStream out = System.out;

    /** Made by picocli. */
    public CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        Report before = read(spec, older);
        Report after = read(spec, newer);
        Comparison comparison = Comparison.of(before, after);
        if (!comparison.sameMachine()) {
            out.println("the processors differ: " + cpu(before) + " and " + cpu(after));
        }
        int changed = 0;
        for (Comparison.Change change : comparison.changes()) {
            if (change.verdict() != Comparison.Verdict.SAME) {
                out.println(line(change));
                changed += change.verdict() == Comparison.Verdict.INVALID ? 0 : 1;
            }
        }
        comparison.added().forEach(row -> out.println("new      " + row));
        comparison.removed().forEach(row -> out.println("gone     " + row));
        out.println(changed + " of " + comparison.changes().size() + " rows changed by more than the noise");
        if (folder != null) {
            ReportFolder.write(folder, after, before);
            out.println("wrote " + folder.resolve("index.html"));
        }
        return 0;
    }

    private static String line(Comparison.Change change) {
        String verdict = change.verdict().name().toLowerCase(Locale.ROOT);
        return change.speed() == null
                ? String.format(Locale.ROOT, "%-8s %s", verdict, change.row())
                : String.format(
                        Locale.ROOT,
                        "%-8s %s: %.2f times as fast [%.2f, %.2f]",
                        verdict,
                        change.row(),
                        change.speed(),
                        change.low(),
                        change.high());
    }

    private static String cpu(Report report) {
        return report.environment() == null ? "unknown" : report.environment().cpu();
    }

    /** Returns the report of a file that was named on the command line. */
    static Report read(CommandSpec spec, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "no file " + file);
        }
        return ReportFile.read(file);
    }
}
