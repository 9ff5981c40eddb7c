package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanes.bench.results.Interval;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void should_take_the_middle() {
        assertEquals(2, Statistics.median(3, 1, 2));
        assertEquals(2.5, Statistics.median(4, 1, 2, 3));
    }

    @Test
    void should_leave_out_as_much_as_95_percent_allow() {
        // Of 9 samples one at each end may go: 1 - 2 * (1 + 9) / 512 = 0.961. Of 8 none: 1 - 2 * 9 / 256 = 0.930.
        assertEquals(new Interval(5, 2, 8), Statistics.interval(9, 8, 7, 6, 5, 4, 3, 2, 1));
        assertEquals(new Interval(4.5, 1, 8), Statistics.interval(8, 7, 6, 5, 4, 3, 2, 1));
        assertEquals(new Interval(2, 1, 3), Statistics.interval(1, 2, 3));
        assertEquals(new Interval(7, 7, 7), Statistics.interval(7));
    }

    @Test
    void should_hold_the_median_as_often_as_promised() {
        var random = new java.util.SplittableRandom(1);
        int held = 0;
        for (int i = 0; i < 10_000; i++) {
            double[] samples = new double[15];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = Math.exp(random.nextDouble() * 6 - 3); // the median is 1
            }
            Interval interval = Statistics.interval(samples);
            held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
        }
        assertEquals(0.965, held / 10_000.0, 0.01);
    }

    @Test
    void should_see_the_middle_half_only() {
        assertEquals(0.5, Statistics.spread(1, 3, 4, 5, 100), 1e-12);
    }
}
