package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.results.Interval;
import dev.lanes.bench.results.Peaks;
import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.List;

/** Makes the rows of the report from what the rounds have brought. */
final class Rows {
    /** Rounds of the same work this far apart say that something else ran. */
    private static final double WILD = 0.5;

    /** A ratio whose interval is wider than this says nothing. */
    private static final double UNCERTAIN = 2;

    private Rows() {}

    /** Returns the row of a problem; invalid where ours is missing or not what was wanted. */
    static Row of(
            String suite,
            Entry entry,
            Problem problem,
            int threads,
            boolean cpuTime,
            Trial trial,
            double peak,
            double bandwidth,
            List<String> found) {
        List<String> invalid = new ArrayList<>(found);
        boolean ours = trial.hasOurs();
        NetworkProblem network = problem instanceof NetworkProblem p ? p : null;
        if (!ours) {
            invalid.add("lanes: " + trial.missing().getOrDefault(Contestants.LANES, "not measured"));
        } else if (trial.contestants().getFirst().spread() > WILD) {
            invalid.add("lanes: the rounds differ too much, something else was running");
        }
        if (ours && trial.ourAllocation() > problem.compiledAllocation()) {
            invalid.add("lanes: an operation allocates " + Math.round(trial.ourAllocation())
                    + " bytes, so its kernel was not compiled in full");
        }
        // Rates: floating-point operations a nanosecond are GFLOP/s; images a nanosecond are 10^9 images a second.
        double work = network == null ? problem.flops() : 1e9 * network.batch();
        Double rate = ours ? work / trial.ourNanos() : null;
        Double gflops = ours ? problem.flops() / trial.ourNanos() : null;
        Double gbytes = ours && network == null ? problem.bytes() / trial.ourNanos() : null;
        String best = trial.bestPeer().orElse(null);
        Interval ratio = ours && best != null ? trial.ratio(best) : null;
        if (ratio != null && ratio.high() > UNCERTAIN * ratio.low()) {
            invalid.add("the ratio lies anywhere between %.2f and %.2f, something else was running"
                    .formatted(ratio.low(), ratio.high()));
        }
        return new Row(
                suite,
                network == null ? entry.kernel() : null,
                network == null ? entry.shape() : null,
                network == null ? null : entry.kernel(),
                network == null ? null : network.train() ? "train" : "infer",
                network == null ? null : network.batch(),
                entry.origin(),
                threads,
                gflops,
                network == null ? null : rate,
                trial.rates(work),
                best,
                ratio == null ? null : ratio.median(),
                ratio,
                peak == 0 ? null : peak * Peaks.usablePart(problem.kernel()),
                null, // the share of the peak, which is that of the whole run
                gbytes,
                network == null ? bandwidth : null,
                gbytes == null ? null : gbytes / bandwidth,
                problem.flops(),
                network == null ? problem.bytes() : null,
                ours ? trial.ourAllocation() : null,
                cpuTime ? "cpu" : "wall",
                invalid.isEmpty(),
                List.copyOf(invalid),
                trial.contestants(),
                trial.missing());
    }
}
