package dev.lanes.examples;

import dev.lanes.layers.training.LearningRateSchedule;
import java.util.List;
import java.util.Locale;

/** How the learning rate goes from the first to the tenth epoch, as a part of the one that was set. */
final class SchedulesExample implements Example {
    private static final int EPOCHS = 10;

    @Override
    public void run(Page page) {
        StringBuilder head = new StringBuilder();
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            head.append(String.format(Locale.ROOT, "%6d", epoch));
        }
        page.say("after epoch         %s", head);
        show(page, "constant", LearningRateSchedule.constant());
        show(page, "step 3, 0.5", LearningRateSchedule.step(3, 0.5));
        show(page, "exponential 0.8", LearningRateSchedule.exponential(0.8));
        show(page, "cosine", LearningRateSchedule.cosine());
        show(page, "cosine, warm-up 2", LearningRateSchedule.cosine().warmUp(2));
        show(page, "one cycle", LearningRateSchedule.oneCycle());
    }

    private static void show(Page page, String name, LearningRateSchedule schedule) {
        StringBuilder factors = new StringBuilder();
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            factors.append(String.format(Locale.ROOT, "%6.2f", schedule.factor(epoch, EPOCHS, List.of())));
        }
        page.say("%-20s%s", name, factors);
    }
}
