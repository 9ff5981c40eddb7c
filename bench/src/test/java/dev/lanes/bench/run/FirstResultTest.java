package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FirstResultTest {
    @Test
    void should_find_the_first_of_ten_calls_at_the_final_speed() {
        long[] ends = new long[100];
        long now = 1000;
        for (int i = 0; i < ends.length; i++) {
            now += i < 20 ? 50 : 10; // slow, then fast
            ends[i] = now;
        }

        assertEquals(1000 + 20 * 50, FirstResult.steady(ends, ends.length, 1000));
        assertEquals(2000, FirstResult.steady(new long[] {2000}, 1, 1000));
    }

    @Test
    void should_pass_over_a_tick_of_the_system_in_every_ten_calls() {
        long[] ends = new long[100];
        long now = 0;
        for (int i = 0; i < ends.length; i++) {
            now += i < 20 ? 50 : i % 6 == 0 ? 14 : 10;
            ends[i] = now;
        }

        assertEquals(20 * 50, FirstResult.steady(ends, ends.length, 0));
    }

    @Test
    void should_be_steady_at_once_where_nothing_changes() {
        long[] ends = new long[50];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = 10 * (i + 1);
        }

        assertEquals(0, FirstResult.steady(ends, ends.length, 0));
    }
}
