package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.contestants.MissingPeerException;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.results.ReportFile;
import dev.lanes.numerics.kernels.FmaPeak;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The measured JVM: holds one contestant and does as the lines on its input say, answering each with one line.
 *
 * <pre>
 * problem TAB kernel TAB shape TAB nanos   prepares, checks the answer, warms up
 * round TAB nanos                          times the problem
 * fork TAB brief                           lets JMH time it in a fresh JVM, with one iteration if brief is true
 * peak, triad, read                        measures the machine
 * </pre>
 */
public final class Worker {
    /** Begins the lines that are answers; libraries print what they like. */
    static final String ANSWER = "@lanes ";

    private final String name;
    private final Contestant contestant;
    private final int threads;
    private final Stopwatch stopwatch;
    private Problem problem;
    private Candidate candidate;
    private JmhForks forks;

    private Worker(String name, Contestant contestant, int threads) {
        this.name = name;
        this.contestant = contestant;
        this.threads = threads;
        stopwatch = new Stopwatch(threads == 1);
    }

    /**
     * Serves until its input ends.
     *
     * @param args the contestant's name and the number of threads
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        int threads = Integer.parseInt(args[1]);
        try (Contestant contestant = Contestants.open(args[0], threads);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            say(answers, Reply.of(contestant.version(), contestant.core(), contestant.invalid()));
            Worker worker = new Worker(args[0], contestant, threads);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(answers, worker.obey(line.split("\t")));
            }
        } catch (MissingPeerException | LinkageError e) {
            say(answers, Reply.failed(String.valueOf(e.getMessage())));
        }
        System.exit(0); // some libraries leave threads behind
    }

    private static void say(PrintStream answers, Reply reply) {
        answers.println(ANSWER + ReportFile.line(reply));
    }

    private Reply obey(String[] command) {
        try {
            return switch (command[0]) {
                case "problem" -> prepare(Problem.of(command[1], command[2]), Long.parseLong(command[3]));
                case "round" -> stopwatch.round(candidate::run, Long.parseLong(command[1]));
                case "fork" -> forks.next(Boolean.parseBoolean(command[1]));
                case "peak" -> Reply.value(FmaPeak.measure(threads).orElse(0));
                case "triad" -> Reply.value(Bandwidth.triad(threads));
                case "read" -> Reply.value(Bandwidth.read(threads));
                default -> Reply.failed("no command " + command[0]);
            };
        } catch (UnsupportedOperationException e) {
            return Reply.failed(e.getMessage());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            return Reply.failed("failed: " + e.getMessage());
        }
    }

    private Reply prepare(Problem next, long nanos) {
        if (candidate != null) {
            candidate.close();
            candidate = null;
        }
        problem = next;
        forks = new JmhForks(name, threads, next);
        Candidate ready = contestant.prepare(problem);
        candidate = ready;
        ready.run();
        problem.verify(ready::answer);
        if (nanos > 0) {
            stopwatch.warmUp(ready::run, nanos, contestant.compiledAllocation(problem));
            problem.verify(ready::answer); // once more: the compiled code may differ from the interpreted
        }
        return Reply.of(ready.detail(), contestant.core(), contestant.invalid());
    }
}
