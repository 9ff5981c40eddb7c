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
    private static final long LEAST_ROUND = 3_000_000L;
    private static final long MOST_ROUND = 60_000_000L;
    private static final long LEAST_WARM_UP = 80_000_000L;
    private static final long MOST_WARM_UP = 400_000_000L;
    /** Native threads spin for some milliseconds after their work, and would do so on our time. */
    private static final long PAUSE_MILLIS = 35;

    private final Suite suite;
    private final boolean quick;
    private final TimePlan plan;
    private final Crew crew;
    private final int threads;
    private final double bandwidth;
    private List<String> jmh = List.of();

    InTurns(Suite suite, boolean quick, TimePlan plan, Crew crew, int threads, double bandwidth) {
        this.quick = quick;
        this.plan = plan;
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
            String leftOut = plan.leftOut(name, suite, entry, problem, nanos);
            if (!leftOut.isEmpty()) {
                trial.miss(name, leftOut);
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
        double peak = quick ? rounds(trial, each / 2 / ROUNDS) : forks(trial, nanos);
        jmh = trial.jmh();
        return Rows.of(suite.name(), entry, problem, threads, quick && threads == 1, trial, peak, bandwidth, invalid);
    }

    /** Returns what JMH says of the last row, a text for each contestant; empty in the quick mode. */
    List<String> jmh() {
        return jmh;
    }

    /** Lets everyone have nine rounds in turns; returns the peak, measured in the middle. */
    private double rounds(Trial trial, long nanos) throws InterruptedException {
        double peak = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (i == ROUNDS / 2) {
                peak = peak();
            }
            for (String name : trial.names()) {
                note(trial, name, crew.worker(name).ask("round", Math.clamp(nanos, LEAST_ROUND, MOST_ROUND)));
                if (threads > 1) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
        return peak;
    }

    /**
     * Lets everyone have forks in turns, as many as the plan allows; returns the peak, the largest of those measured after
     * each round.
     */
    private double forks(Trial trial, long nanos) {
        double peak = 0;
        long begin = System.nanoTime();
        long round = 0;
        for (int i = 0; plan.again(i, System.nanoTime() - begin, round, nanos); i++) {
            long start = System.nanoTime();
            for (String name : trial.names()) {
                if (plan.takesPart(name, i == 0 ? Double.POSITIVE_INFINITY : trial.timesFastestPeer(name))) {
                    note(trial, name, crew.worker(name).ask("fork", false));
                }
            }
            round = System.nanoTime() - start;
            if (i == 0) {
                for (String name : trial.names().stream().filter(plan::slow).toList()) {
                    note(trial, name, crew.worker(name).ask("fork", true));
                }
            }
            peak = Math.max(peak, peak());
        }
        return peak;
    }

    private double peak() {
        return crew.worker(Contestants.LANES).ask("peak").nanos();
    }

    private static void note(Trial trial, String name, Reply reply) {
        if (reply.error() != null) {
            trial.miss(name, reply.error());
        } else {
            trial.add(name, reply);
        }
    }
}
