package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Entry;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.Suite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plan does on machines of several speeds, on a clock that is made up. */
class TimePlanTest {
    private static final double OURS = 3.5;
    private static final double THEIRS = 1.5;
    private static final List<Suite> ALL = Suite.of("all");
    private static final int ROWS =
            ALL.stream().mapToInt(s -> s.entries().size()).sum();

    /** What became of a run: the rounds of each row that was begun, those without its slow peers, and its time. */
    private record Outcome(List<Integer> rounds, int withoutSlow, double seconds) {}

    /** Runs all rows on a machine that takes so many times as long as a quiet one. */
    private static Outcome run(double slowness, int times) {
        TimePlan plan = new TimePlan(false, ALL, times);
        List<Integer> rounds = new ArrayList<>();
        int withoutSlow = 0;
        long now = 0;
        for (Suite suite : ALL) {
            for (int i = 0; i < times * suite.entries().size(); i++) {
                if (plan.over(now)) {
                    return new Outcome(rounds, withoutSlow, now * 1e-9);
                }
                Entry entry = suite.entries().get(i % suite.entries().size());
                Problem problem = Problem.of(entry.kernel(), entry.shape());
                long share = plan.begin(suite, entry, now);
                boolean product = entry.kernel().contains("gem");
                int fast = suite.name().equals("kernels")
                        ? product ? 3 : 1
                        : suite.peers().size();
                long slow = suite.peers().stream()
                        .filter(plan::slow)
                        .filter(name -> product || name.equals("scalar") || name.equals("reference"))
                        .filter(name ->
                                plan.leftOut(name, suite, entry, problem, share).isEmpty())
                        .count();
                withoutSlow += suite.name().equals("kernels") && slow == 0 ? 1 : 0;
                long round = (long) (1e9 * slowness * (OURS + fast * THEIRS));
                long spent = 0;
                int done = 0;
                for (; plan.again(done, spent, round, share); done++) {
                    spent += round + (done == 0 ? (long) (1e9 * slowness * THEIRS * slow) : 0);
                }
                rounds.add(done);
                now += spent;
            }
        }
        return new Outcome(rounds, withoutSlow, now * 1e-9);
    }

    @Test
    void should_take_three_rounds_and_more_on_a_quiet_machine() {
        Outcome outcome = run(1, 1);
        assertEquals(ROWS, outcome.rounds().size());
        assertTrue(outcome.rounds().stream().allMatch(n -> n >= 3), outcome::toString);
        assertTrue(outcome.seconds() < 3100, outcome::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1.2, 1.5, 2})
    void should_finish_within_the_hour_with_an_interval_for_each_row(double slowness) {
        Outcome outcome = run(slowness, 1);
        assertEquals(ROWS, outcome.rounds().size(), outcome::toString);
        assertTrue(outcome.rounds().stream().allMatch(n -> n >= 2 && n <= 5), outcome::toString);
        assertTrue(outcome.seconds() < 3400, outcome::toString);
    }

    @Test
    void should_leave_out_rows_rather_than_run_on() {
        Outcome outcome = run(6, 1);
        assertTrue(outcome.rounds().size() < ROWS, outcome::toString);
        assertTrue(outcome.seconds() < 3500, outcome::toString);
    }

    @Test
    void should_measure_both_numbers_of_threads_within_the_hour() {
        Outcome outcome = run(1, 2);
        assertEquals(2 * ROWS, outcome.rounds().size(), outcome::toString);
        assertTrue(outcome.seconds() < 3400, outcome::toString);
    }

    @Test
    void should_fork_a_slow_peer_again_only_where_it_might_be_the_best() {
        TimePlan plan = new TimePlan(false, ALL, 1);
        for (String name : List.of(Contestants.LANES, "onednn", "openblas", "mkl", "pytorch", "lanes-vector")) {
            assertTrue(plan.takesPart(name, Double.POSITIVE_INFINITY) && plan.takesPart(name, 7), name);
        }
        assertFalse(plan.takesPart("ejml", Double.POSITIVE_INFINITY) || plan.takesPart("ejml", 3));
        assertTrue(plan.takesPart("ejml", 1));
    }

    @Test
    void should_leave_out_calls_of_seconds_and_slow_peers_where_time_is_short() {
        TimePlan plan = new TimePlan(false, ALL, 1);
        Suite kernels = ALL.getFirst();
        Entry entry = new Entry("sgemm", "NN m512 n512 k512", "square");
        Problem problem = Problem.of(entry.kernel(), entry.shape());
        long enough = 30_000_000_000L;
        assertEquals("", plan.leftOut("scalar", kernels, entry, problem, enough));
        assertEquals("left out: the time was short", plan.leftOut("scalar", kernels, entry, problem, enough / 2));
        assertEquals("", plan.leftOut("mkl", kernels, entry, problem, 0));
        assertEquals("left out: one call takes too long", plan.leftOut("reference", kernels, entry, problem, enough));
    }

    @Test
    void should_share_the_time_of_the_quick_mode_equally() {
        TimePlan plan = new TimePlan(true, ALL, 1);
        Suite kernels = ALL.getFirst();
        long share = plan.begin(kernels, kernels.entries().getFirst(), 0);
        assertEquals(235e9 / ROWS, share, 1e6);
        assertEquals(share, plan.begin(kernels, kernels.entries().getLast(), share), 1e6);
        assertFalse(plan.over(235_000_000_000L));
        assertTrue(plan.over(290_000_000_000L));
    }
}
