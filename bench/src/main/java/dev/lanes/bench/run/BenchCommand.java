package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.Suite;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import dev.lanes.cli.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final int FRESH_JVMS = 5;

    /** What can be measured. */
    enum Choice {
        KERNELS,
        LAYERS,
        TRAINING,
        FFI,
        ALL
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            defaultValue = "all",
            paramLabel = "SUITE",
            description = "kernels, layers, training, ffi or all, which is the default.")
    private Choice choice;

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
        String name = choice.name().toLowerCase(Locale.ROOT);
        List<Suite> suites = selected(name);
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
        try (Session session = new Session(name, quick, command, folder, older, files, out)) {
            TimePlan plan = new TimePlan(quick, suites, threads.size());
            long begin = System.nanoTime();
            session.addJars(JarSizes.found());
            session.machine().warning().ifPresent(out::println);
            for (Suite suite : suites) {
                for (int count : threads) {
                    measure(session, suite, count, plan, begin);
                }
            }
            if (choice == Choice.ALL || choice == Choice.TRAINING) {
                session.add(StartUpRun.measure("sgemm", "256", 1, quick ? 1 : FRESH_JVMS));
                session.add(StartUpRun.measure("lenet-5", "infer b1", 1, quick ? 1 : FRESH_JVMS));
            }
            session.complete();
        }
        files.forEach(file -> out.println("wrote " + file));
        if (folder != null) {
            out.println("wrote " + folder.resolve("index.html"));
        }
        return 0;
    }

    private List<Suite> selected(String name) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(shapes == null ? "" : shapes);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "--shapes: " + e.getDescription() + ": " + shapes);
        }
        List<Suite> suites = Suite.of(name).stream()
                .map(s -> s.only(
                        e -> pattern.matcher(e.kernel() + " " + e.shape()).find()))
                .filter(s -> !s.entries().isEmpty())
                .toList();
        if (suites.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--shapes " + shapes + ": no row matches");
        }
        return suites;
    }

    /** Returns what takes a progress bar away before a line is printed over it. */
    private static String overBar() {
        return System.console() != null && System.console().isTerminal() ? "\r\033[K" : "";
    }

    private void measure(Session session, Suite suite, int count, TimePlan plan, long begin)
            throws IOException, InterruptedException {
        String title = suite.name() + ", " + count + (count == 1 ? " thread" : " threads");
        try (Crew crew = new Crew(suite, count);
                Progress progress = Progress.start(title, suite.entries().size())) {
            if (suite.ours().equals(Contestants.LANES)) {
                session.machine().engine(crew.ours());
            }
            session.machine().peers(crew.peers());
            double triad = session.machine().bandwidth(count, crew.worker(Contestants.LANES));
            InTurns run = new InTurns(suite, quick, plan, crew, count, triad);
            for (Entry entry : suite.entries()) {
                if (plan.over(System.nanoTime() - begin)) {
                    session.cutShort("the time was over before all rows were measured");
                    return;
                }
                Row row = run.measure(entry, plan.begin(suite, entry, System.nanoTime() - begin));
                if (session.add(row, run.jmh())) {
                    out.println(overBar() + Session.line(row));
                }
                progress.step(1);
            }
        }
    }
}
