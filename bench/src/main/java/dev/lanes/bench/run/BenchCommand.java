package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.KernelList;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import dev.lanes.cli.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes bench}: measures lanes beside its peers and writes what it found. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = CompareCommand.class,
        description = "Measures lanes beside other libraries, in turns, and writes the results.")
public final class BenchCommand implements Callable<Integer> {
    private static final long QUICK_SECONDS = 260;

    /** What can be measured. */
    public enum Suite {
        /** Single operations on the shapes of known networks. */
        KERNELS,
        /** Everything. */
        ALL
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", defaultValue = "ALL", description = "${COMPLETION-CANDIDATES}. Default: all.")
    private Suite suite;

    @Option(names = "--quick", description = "Minutes instead of an hour: rounds in turns in a JVM for each library.")
    private boolean quick;

    @Option(names = "--threads", split = ",", defaultValue = "1", paramLabel = "N", description = "As in 1,2.")
    private List<Integer> threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a page, its numbers and tables into this folder. Default: lanes-out/bench, unless --json"
                            + " is given alone.")
    private Path folder;

    @Option(names = "--baseline", paramLabel = "FILE", description = "Mark on the page what changed since this JSON.")
    private Path baseline;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results for machines.")
    private Path json;

    @Option(names = "--shapes", paramLabel = "REGEX", description = "Only rows whose kernel and shape match.")
    private String shapes;

    private final PrintStream out = System.out;

    /** Made by picocli. */
    public BenchCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (int count : threads) {
            if (count < 1) {
                throw new ParameterException(spec.commandLine(), "--threads must be at least 1, but is " + count);
            }
        }
        List<Entry> entries = selected();
        Report older = baseline == null ? null : CompareCommand.read(spec, baseline); // before any work is done
        if (folder == null && json == null) {
            folder = Path.of("lanes-out", "bench");
        }
        if (folder != null) {
            Files.createDirectories(folder);
        }
        List<Path> files = json == null ? List.of() : List.of(json);
        String command = "lanes bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        try (Session session = new Session(suite.name().toLowerCase(), quick, command, folder, older, files, out)) {
            long nanos = QUICK_SECONDS * 1_000_000_000L / threads.size();
            for (int count : threads) {
                kernels(session, entries, count, nanos);
            }
            session.complete();
        }
        files.forEach(file -> out.println("wrote " + file));
        if (folder != null) {
            out.println("wrote " + folder.resolve("index.html"));
        }
        return 0;
    }

    private List<Entry> selected() {
        Pattern pattern;
        try {
            pattern = Pattern.compile(shapes == null ? "" : shapes);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "--shapes: " + e.getDescription() + ": " + shapes);
        }
        List<Entry> entries = KernelList.all().stream()
                .filter(e -> pattern.matcher(e.kernel() + " " + e.shape()).find())
                .toList();
        if (entries.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--shapes " + shapes + ": no row matches");
        }
        return entries;
    }

    private void kernels(Session session, List<Entry> entries, int count, long nanos)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + nanos;
        try (Crew crew = new Crew(Worker.class, Contestants.peers(), count);
                Progress progress =
                        Progress.start("kernels, " + count + (count == 1 ? " thread" : " threads"), entries.size())) {
            session.machine().engine(crew.ours());
            session.machine().peers(crew.peers());
            double triad = crew.worker(Contestants.LANES).ask("triad").nanos();
            session.machine()
                    .bandwidth(
                            count,
                            triad,
                            crew.worker(Contestants.LANES).ask("read").nanos());
            KernelRun run = new KernelRun(crew, count, triad);
            for (int i = 0; i < entries.size(); i++) {
                Row row = run.measure(entries.get(i), (end - System.nanoTime()) / (entries.size() - i));
                session.add(row);
                out.println(Session.line(row));
                progress.step(1);
            }
        }
    }
}
