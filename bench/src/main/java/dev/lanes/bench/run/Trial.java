package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.results.Contestant;
import dev.lanes.bench.results.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rounds of one row as they come in, and what they say in the end. */
final class Trial {
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    /** One contestant's rounds. */
    private static final class Lane {
        private final String detail;
        private final List<Reply> rounds = new ArrayList<>();

        Lane(String detail) {
            this.detail = detail;
        }

        double[] nanos() {
            return rounds.stream().mapToDouble(Reply::nanos).toArray();
        }
    }

    /** Adds a contestant that is ready. */
    void enter(String name, String detail) {
        lanes.put(name, new Lane(detail));
    }

    /** Notes why a contestant does not take part, and forgets what it did. */
    void miss(String name, String reason) {
        lanes.remove(name);
        missing.put(name, LocalPaths.leaveOut(reason));
    }

    /** Notes a round. */
    void add(String name, Reply round) {
        lanes.get(name).rounds.add(round);
    }

    /** Returns what JMH says of everyone's forks; empty where it did not run. */
    List<String> jmh() {
        return lanes.values().stream()
                .filter(lane -> !lane.rounds.isEmpty() && lane.rounds.getLast().jmh() != null)
                .map(lane -> lane.rounds.getLast().jmh())
                .toList();
    }

    /** Returns those that take part, ours first. */
    List<String> names() {
        return List.copyOf(lanes.keySet());
    }

    /** Tells whether there is something of ours. */
    boolean hasOurs() {
        return lanes.containsKey(Contestants.LANES)
                && !lanes.get(Contestants.LANES).rounds.isEmpty();
    }

    /** Returns who did not take part, and why. */
    Map<String, String> missing() {
        return missing;
    }

    /** Returns the median nanoseconds of ours. */
    double ourNanos() {
        return Statistics.median(lanes.get(Contestants.LANES).nanos());
    }

    /** Returns how many times the time of the fastest peer a contestant takes; 0 where there is no peer. */
    double timesFastestPeer(String name) {
        return bestPeer()
                .map(best -> Statistics.median(lanes.get(name).nanos())
                        / Statistics.median(lanes.get(best).nanos()))
                .orElse(0.0);
    }

    /** Returns the median of the bytes that one operation of ours allocates; what measuring allocates is below one. */
    double ourAllocation() {
        double bytes = Statistics.median(lanes.get(Contestants.LANES).rounds.stream()
                .mapToDouble(Reply::allocated)
                .toArray());
        return bytes;
    }

    /** Returns the fastest peer. */
    Optional<String> bestPeer() {
        return lanes.keySet().stream()
                .filter(name -> !name.equals(Contestants.LANES))
                .min((a, b) -> Double.compare(
                        Statistics.median(lanes.get(a).nanos()),
                        Statistics.median(lanes.get(b).nanos())));
    }

    /** Returns our rate over that of the peer, round by round. */
    Interval ratio(String peer) {
        double[] ours = lanes.get(Contestants.LANES).nanos();
        double[] theirs = lanes.get(peer).nanos();
        return Statistics.interval(IntStream.range(0, Math.min(ours.length, theirs.length))
                .mapToDouble(i -> theirs[i] / ours[i])
                .toArray());
    }

    /** Returns the rate of each peer: {@code work} for each nanosecond. */
    Map<String, Double> rates(double work) {
        Map<String, Double> rates = new LinkedHashMap<>();
        lanes.forEach((name, lane) -> {
            if (!name.equals(Contestants.LANES)) {
                rates.put(name, work / Statistics.median(lane.nanos()));
            }
        });
        return rates;
    }

    /** Returns all that was measured, ours first. */
    List<Contestant> contestants() {
        return lanes.entrySet().stream()
                .map(e -> contestant(e.getKey(), e.getValue()))
                .toList();
    }

    private Contestant contestant(String name, Lane lane) {
        double[] nanos = lane.nanos();
        Interval interval = Statistics.interval(nanos);
        double wall = Statistics.median(
                lane.rounds.stream().mapToDouble(Reply::wallOverCpu).toArray());
        return new Contestant(
                name,
                lane.detail,
                interval,
                IntStream.range(0, nanos.length)
                        .mapToDouble(i -> nanos[i])
                        .min()
                        .orElse(Double.NaN),
                IntStream.range(0, nanos.length)
                        .mapToDouble(i -> nanos[i])
                        .max()
                        .orElse(Double.NaN),
                Statistics.spread(nanos),
                IntStream.range(0, nanos.length).mapToObj(i -> nanos[i]).toList(),
                lane.rounds.stream().mapToLong(Reply::calls).average().orElse(0),
                wall == 0 ? null : wall,
                name.equals(Contestants.LANES) || !hasOurs() ? null : ratio(name));
    }
}
