package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.results.Interval;
import dev.lanes.bench.results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the rows of the report from what the rounds have brought. */
final class Rows {
    /** Rounds of the same work this far apart say that something else ran. */
    private static final double WILD = 0.5;

    private Rows() {}

    /** Returns the row of a kernel; invalid where ours is missing or not what was wanted. */
    static Row kernel(
            String suite,
            Entry entry,
            Problem problem,
            int threads,
            Trial trial,
            double peak,
            double bandwidth,
            List<String> found) {
        List<String> invalid = new ArrayList<>(found);
        boolean ours = trial.hasOurs();
        if (!ours) {
            invalid.add("lanes: " + trial.missing().getOrDefault(Contestants.LANES, "not measured"));
        } else if (trial.contestants().getFirst().spread() > WILD) {
            invalid.add("lanes: the rounds differ too much, something else was running");
        }
        if (ours && trial.ourAllocation() > Stopwatch.BOXES) {
            invalid.add("lanes: an operation allocates " + Math.round(trial.ourAllocation())
                    + " bytes, so its kernel was not compiled in full");
        }
        Double gflops = ours ? problem.flops() / trial.ourNanos() : null;
        Double gbytes = ours ? problem.bytes() / trial.ourNanos() : null;
        Map<String, Double> peers = trial.rates(problem.flops());
        String best = trial.bestPeer().orElse(null);
        Interval ratio = ours && best != null ? trial.ratio(best) : null;
        double usablePeak = problem.kernel().equals("dgemm") ? peak / 2 : peak;
        return new Row(
                suite,
                entry.kernel(),
                entry.shape(),
                null,
                null,
                null,
                entry.origin(),
                threads,
                gflops,
                null,
                peers,
                best,
                ratio == null ? null : ratio.median(),
                ratio,
                usablePeak == 0 ? null : usablePeak,
                gflops == null || usablePeak == 0 ? null : gflops / usablePeak,
                gbytes,
                bandwidth,
                gbytes == null ? null : gbytes / bandwidth,
                problem.flops(),
                problem.bytes(),
                ours ? trial.ourAllocation() : null,
                threads == 1 ? "cpu" : "wall",
                invalid.isEmpty(),
                List.copyOf(invalid),
                trial.contestants(),
                trial.missing());
    }
}
