package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.Suite;
import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.List;

/** Measures one row after another: everyone prepares, then rounds in turns, the peak of the machine in the middle. */
final class InTurns {
    private static final int ROUNDS = 9;
    private static final int MOST_FORKS = 5;
    private static final int LEAST_FORKS = 3;
    /** Peers that take so many times ours are forked once; an hour is not enough to measure the slow ones well. */
    private static final double FAR_BEHIND = 2;

    private static final long LEAST_ROUND = 3_000_000L;
    private static final long MOST_ROUND = 60_000_000L;
    private static final long LEAST_WARM_UP = 80_000_000L;
    private static final long MOST_WARM_UP = 400_000_000L;
    /** Native threads spin for some milliseconds after their work, and would do so on our time. */
    private static final long PAUSE_MILLIS = 35;

    private final Suite suite;
    private final boolean quick;
    private final Crew crew;
    private final int threads;
    private final double bandwidth;
    private List<String> jmh = List.of();

    InTurns(Suite suite, boolean quick, Crew crew, int threads, double bandwidth) {
        this.quick = quick;
        this.suite = suite;
        this.crew = crew;
        this.threads = threads;
        this.bandwidth = bandwidth;
    }

    /** Returns the row, measured in about the given time. */
    Row measure(Entry entry, long nanos) throws InterruptedException {
        Problem problem = Problem.of(entry.kernel(), entry.shape());
        Trial trial = new Trial();
        crew.peers().stream().filter(p -> !p.available()).forEach(p -> trial.miss(p.name(), p.reason()));
        List<String> invalid = new ArrayList<>();
        long each = nanos / crew.names().size();
        long warmUp = Math.clamp(each / 3, LEAST_WARM_UP, MOST_WARM_UP);
        for (String name : crew.names()) {
            String slow = tooSlow(name, problem);
            if (!slow.isEmpty()) {
                trial.miss(name, slow);
                continue;
            }
            Reply ready = crew.worker(name).ask("problem", entry.kernel(), entry.shape(), quick ? warmUp : 0);
            if (ready.error() != null) {
                trial.miss(name, ready.error());
            } else {
                trial.enter(name, ready.detail());
                if (ready.invalid() != null && !ready.invalid().isEmpty()) {
                    invalid.add(name + ": " + ready.invalid());
                }
            }
        }
        double peak = 0;
        long round = Math.clamp(each / 2 / ROUNDS, LEAST_ROUND, MOST_ROUND);
        long begin = System.nanoTime();
        for (int i = 0; i < (quick ? ROUNDS : MOST_FORKS); i++) {
            if (!quick && i >= LEAST_FORKS && System.nanoTime() - begin > nanos) {
                break;
            }
            if (i == (quick ? ROUNDS / 2 : 1)) {
                peak = crew.worker(Contestants.LANES).ask("peak").nanos();
            }
            for (String name : trial.names()) {
                if (!quick && i > 0 && trial.timesOurs(name) > FAR_BEHIND) {
                    continue;
                }
                Reply reply = quick
                        ? crew.worker(name).ask("round", round)
                        : crew.worker(name).ask("fork");
                if (reply.error() != null) {
                    trial.miss(name, reply.error());
                } else {
                    trial.add(name, reply);
                }
                if (quick && threads > 1) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
        jmh = trial.jmh();
        return Rows.of(suite.name(), entry, problem, threads, quick && threads == 1, trial, peak, bandwidth, invalid);
    }

    /** Returns what JMH says of the last row, a text for each contestant; empty in the quick mode. */
    List<String> jmh() {
        return jmh;
    }

    private String tooSlow(String name, Problem problem) {
        double most = switch (name) {
            case "reference" -> 4e7;
            case "scalar", "netlib", "ejml", "ojalgo" -> 3e8;
            default -> Double.POSITIVE_INFINITY;
        };
        if (quick) {
            return problem.flops() <= most ? "" : "left out of the quick mode: one call takes too long";
        }
        return problem.flops() <= 10 * most ? "" : "left out: one call takes too long";
    }
}
