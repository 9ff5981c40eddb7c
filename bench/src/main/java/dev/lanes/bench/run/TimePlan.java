package dev.lanes.bench.run;

import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.Suite;
import java.util.List;
import java.util.Set;

/**
 * How the time of a run is shared: arithmetic on what the clock has said, so that it can be tested without one.
 *
 * <p>A row gets the part of the time left that its usual cost is of the usual costs of all rows to come. In the full mode
 * it takes as many rounds of forks as fit, between two, below which there is no interval, and five. A peer that is
 * usually far behind has one short fork; where even two rounds are too many, it is left out.
 */
final class TimePlan {
    private static final int LEAST_ROUNDS = 2;
    private static final int MOST_ROUNDS = 5;

    /** Compilers do not make these fast; nobody chooses them for speed. */
    private static final Set<String> SLOW = Set.of("netlib", "ejml", "ojalgo", "scalar", "reference");

    /** A slow peer within so many times the time of the fastest peer might be the best one, and is measured as well. */
    private static final double CLOSE = 1.5;

    /** Of a row's usual cost; with less than that, two rounds of the others are all that fits. */
    private static final double SHORT = 0.75;

    private static final long SECOND = 1_000_000_000L;
    private static final long QUICK_NANOS = 235 * SECOND;
    private static final long FULL_NANOS = 3000 * SECOND;
    /** What a busy machine may take longer before rows are left out: five minutes, or an hour, are not gone by then. */
    private static final long QUICK_GRACE = 45 * SECOND;

    private static final long FULL_GRACE = 360 * SECOND;

    private final boolean quick;
    private double toCome;

    /** Plans all rows of the suites, each suite so many times as there are numbers of threads. */
    TimePlan(boolean quick, List<Suite> suites, int times) {
        this.quick = quick;
        toCome = times
                * suites.stream()
                        .flatMapToDouble(s -> s.entries().stream().mapToDouble(e -> usualSeconds(s, e)))
                        .sum();
    }

    /**
     * Returns what three rounds of the row take on a quiet machine with two cores of today, in seconds: a fork of ours 3 to
     * 4, because it compiles, of a native library 1.5, a short one 1.5. In the quick mode all rows are alike.
     */
    double usualSeconds(Suite suite, Entry entry) {
        if (quick) {
            return 1;
        }
        return switch (suite.name()) {
            case "kernels" -> entry.kernel().contains("gem") ? 30 : 18; // three native peers, or one
            case "training" -> 24;
            default -> 21;
        };
    }

    /** Tells whether no further row shall begin. */
    boolean over(long spent) {
        return spent > (quick ? QUICK_NANOS + QUICK_GRACE : FULL_NANOS + FULL_GRACE);
    }

    /** Returns the nanoseconds for a row that begins now, and counts it no longer among those to come. */
    long begin(Suite suite, Entry entry, long spent) {
        double usual = usualSeconds(suite, entry);
        long left = Math.max(0, (quick ? QUICK_NANOS : FULL_NANOS) - spent);
        long share = (long) (left * (usual / toCome));
        toCome -= usual;
        return share;
    }

    /**
     * Tells whether another round of forks fits.
     *
     * @param rounds that are done
     * @param spent on the row so far
     * @param round what the last one took without the slow peers
     * @param share of the row
     */
    boolean again(int rounds, long spent, long round, long share) {
        return rounds < LEAST_ROUNDS || rounds < MOST_ROUNDS && spent + round <= share;
    }

    /** Tells whether a peer is measured with one short fork, if at all. */
    boolean slow(String name) {
        return SLOW.contains(name);
    }

    /**
     * Tells whether a contestant takes part in a round.
     *
     * @param timesFastest how many times the time of the fastest peer it took so far; infinite before it was measured
     */
    boolean takesPart(String name, double timesFastest) {
        return !slow(name) || timesFastest <= CLOSE;
    }

    /** Returns why a contestant is left out of a row of so much time; empty where it takes part. */
    String leftOut(String name, Suite suite, Entry entry, Problem problem, long share) {
        double most = switch (name) {
            case "reference" -> 4e7;
            case "scalar", "ejml", "ojalgo" -> 3e8;
            case "netlib" -> 1e9;
            default -> Double.POSITIVE_INFINITY;
        };
        if (quick) {
            return problem.flops() <= most ? "" : "left out of the quick mode: one call takes too long";
        }
        if (problem.flops() > 3 * most) {
            return "left out: one call takes too long";
        }
        return slow(name) && share < SHORT * SECOND * usualSeconds(suite, entry) ? "left out: the time was short" : "";
    }
}
