package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    private static double at(LearningRateSchedule schedule, double epoch, int epochs) {
        return schedule.factor(epoch, epochs, List.of());
    }

    @Test
    void should_stay_or_fall_along_a_cosine() {
        assertEquals(1, at(LearningRateSchedule.constant(), 8, 9));
        LearningRateSchedule cosine = LearningRateSchedule.cosine();
        assertEquals(1, at(cosine, 0, 4));
        assertEquals((1 + Math.sqrt(0.5)) / 2, at(cosine, 1, 4), 1e-15);
        assertEquals(0.5, at(cosine, 2, 4), 1e-15);
        assertEquals((1 - Math.cos(Math.PI / 8)) / 2, at(cosine, 3.5, 4), 1e-15);
    }

    @Test
    void should_fall_in_steps_or_evenly() {
        LearningRateSchedule step = LearningRateSchedule.step(3, 0.1);
        assertEquals(1, at(step, 2.9, 9));
        assertEquals(0.1, at(step, 3, 9));
        assertEquals(0.1 * 0.1, at(step, 6.5, 9));
        LearningRateSchedule exponential = LearningRateSchedule.exponential(0.25);
        assertEquals(0.25, at(exponential, 1, 9));
        assertEquals(0.5, at(exponential, 0.5, 9));
    }

    @Test
    void should_rise_and_fall_in_one_cycle() {
        LearningRateSchedule cycle = LearningRateSchedule.oneCycle(0.25, 10, 100);
        assertEquals(0.1, at(cycle, 0, 8), 1e-15);
        assertEquals(0.55, at(cycle, 1, 8), 1e-15);
        assertEquals(1, at(cycle, 2, 8), 1e-15);
        assertEquals((1 + 0.01) / 2, at(cycle, 5, 8), 1e-15);
        assertEquals(0.01, at(cycle, 8, 8), 1e-15);
        assertEquals(1 / 25.0, at(LearningRateSchedule.oneCycle(), 0, 8), 1e-15);
    }

    @Test
    void should_warm_up_any_schedule() {
        LearningRateSchedule warm = LearningRateSchedule.step(2, 0.5).warmUp(4);
        assertEquals(0, at(warm, 0, 9));
        assertEquals(0.25, at(warm, 1, 9));
        assertEquals(0.375, at(warm, 3, 9));
        assertEquals(0.25, at(warm, 4, 9));
    }

    @Test
    void should_wait_on_a_plateau_before_it_falls() {
        LearningRateSchedule plateau = LearningRateSchedule.plateau(0.1, 2);
        double[] losses = {5, 4, 4, 4.5, 3, 3, 3, 3, 3, 2};
        double[] factors = {1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001};
        List<EpochReport> past = new ArrayList<>();
        for (int i = 0; i <= losses.length; i++) {
            assertEquals(factors[i], plateau.factor(i, 20, past), 1e-12, "after " + i + " epochs");
            if (i < losses.length) {
                past.add(new EpochReport(i + 1, 20, 0.1, losses[i], 0, Optional.empty()));
            }
        }
    }

    @Test
    void should_refuse_impossible_settings() {
        assertEquals(
                "schedule: the step is every 0 epochs, needs at least 1",
                message(() -> LearningRateSchedule.step(0, 0.5)));
        assertEquals(
                "schedule: the factor is 0.0, needs to be above 0", message(() -> LearningRateSchedule.exponential(0)));
        assertEquals(
                "schedule: the rising part is 1.0, needs 0 < part < 1",
                message(() -> LearningRateSchedule.oneCycle(1, 25, 25)));
        assertEquals(
                "schedule: the patience is 0 epochs, needs at least 1",
                message(() -> LearningRateSchedule.plateau(0.5, 0)));
        assertEquals(
                "schedule: the warm-up is NaN, needs to be above 0",
                message(() -> LearningRateSchedule.cosine().warmUp(Double.NaN)));
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
