package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Augmentations;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.losses.ClassificationLoss;
import dev.lanes.layers.nn.BatchNorm;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.ops.LabelWeighting;
import dev.lanes.layers.optimisers.AdamW;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A training that is interrupted and resumed in another trainer ends with the bits of one that was not. */
class ResumeTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final int EPOCHS = 4;

    /** Adds noise while it trains, so that the state of the random numbers matters. */
    private static final class Noise implements Layer {
        @Override
        public Variable forward(Variable x, Pass pass) {
            if (pass.isTraining()) {
                Tensor value = x.value(); // the op before does not look at its output again
                for (int i = 0; i < value.elements(); i++) {
                    value.array()[value.offset() + i] +=
                            (float) (0.01 * pass.random().nextGaussian());
                }
            }
            return x;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public long flops(Shape input) {
            return 0;
        }
    }

    /** A network with running statistics, an optimiser with a count of steps, a trainer with everything on. */
    private static final class Setting {
        private final Sequential net;
        private final Trainer trainer;

        Setting(TrainingConfig config) {
            SeededRandom random = new SeededRandom(1);
            net = Sequential.builder()
                    .add("conv", Conv2d.builder(1, 4, 3).padding(1).bias(false).build(random))
                    .add("bn", new BatchNorm(4))
                    .add("noise", new Noise())
                    .add("relu", new ReLU())
                    .add("flatten", new Flatten())
                    .add("fc", Linear.builder(64, 2).build(random))
                    .build();
            Optimiser adam =
                    AdamW.builder(net.parameters(), ENGINE).learningRate(0.01).build();
            trainer = new Trainer(net, adam, config, ENGINE);
        }

        Map<String, float[]> weights() {
            Map<String, float[]> all = new HashMap<>();
            Weights.of(net).forEach((name, tensor) -> all.put(name, tensor.toArray()));
            return all;
        }
    }

    private static TrainingConfig config() {
        return new TrainingConfig(EPOCHS, 8, 7)
                .schedule(LearningRateSchedule.oneCycle())
                .loss(ClassificationLoss.softmaxCrossEntropy(LabelWeighting.NONE.smoothing(0.1)))
                .augment(Augmentations.flip(), Augmentations.crop(1))
                .keepBest(Measure.LOSS);
    }

    private static Dataset data(int n, long seed) {
        SeededRandom random = new SeededRandom(seed);
        Tensor images = Tensor.generate(Shape.of(n, 4, 4, 1), i -> random.nextGaussian());
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = images.get(i, 1, 1, 0) > 0 ? 1 : 0;
        }
        return new Dataset("noise", images, labels, List.of("a", "b"));
    }

    private static final Dataset TRAIN = data(37, 1);
    private static final Dataset VALIDATION = data(20, 2);

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual, String where) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), where + ": " + name));
    }

    private static TrainingSnapshot copy(TrainingSnapshot snapshot) {
        Map<String, Tensor> tensors = new HashMap<>();
        snapshot.tensors().forEach((name, tensor) -> tensors.put(name, tensor.copy()));
        return new TrainingSnapshot(tensors, Map.copyOf(snapshot.texts()));
    }

    @Test
    void should_end_with_the_same_bits_wherever_it_is_interrupted() {
        Setting whole = new Setting(config());
        List<EpochReport> expected = whole.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
        int steps = EPOCHS * 5;
        for (int at = 1; at < steps; at += 3) {
            Setting before = new Setting(config());
            int[] batches = {at};
            before.trainer.fit(TRAIN, VALIDATION, new TrainingListener() {
                @Override
                public void onBatch(int epoch, int batch, int count, double loss) {
                    if (--batches[0] == 0) {
                        before.trainer.stop();
                    }
                }
            });
            assertTrue(before.trainer.isUnfinished());
            TrainingSnapshot snapshot = copy(before.trainer.snapshot());
            Setting after = new Setting(config());
            after.trainer.resume(snapshot);
            List<EpochReport> reports = after.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
            assertFalse(after.trainer.isUnfinished());
            assertSame(whole.weights(), after.weights(), "interrupted after " + at + " batches");
            for (int i = 0; i < EPOCHS; i++) {
                assertEquals(ReportText.write(expected.get(i)), ReportText.write(reports.get(i)));
            }
            before.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
            assertSame(whole.weights(), before.weights(), "gone on in the same trainer after " + at);
        }
    }

    @Test
    void should_resume_between_epochs_and_for_more_of_them() {
        Setting whole = new Setting(new TrainingConfig(3, 8, 7));
        whole.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
        Setting shorter = new Setting(new TrainingConfig(2, 8, 7));
        shorter.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
        Setting longer = new Setting(new TrainingConfig(3, 8, 7));
        longer.trainer.resume(copy(shorter.trainer.snapshot()));
        assertEquals(
                3,
                longer.trainer.fit(TRAIN, VALIDATION, TrainingListener.none()).size());
        assertSame(whole.weights(), longer.weights(), "one epoch more");
    }

    @Test
    void should_end_with_the_best_weights() {
        Setting setting = new Setting(config());
        Map<Integer, Map<String, float[]>> byEpoch = new HashMap<>();
        List<EpochReport> reports = setting.trainer.fit(TRAIN, VALIDATION, new TrainingListener() {
            @Override
            public void onEpoch(EpochReport report) {
                byEpoch.put(report.epoch(), setting.weights());
            }
        });
        int best = 1;
        for (EpochReport report : reports) {
            best = report.lossToJudgeBy() < reports.get(best - 1).lossToJudgeBy() ? report.epoch() : best;
        }
        assertSame(byEpoch.get(best), setting.weights(), "epoch " + best);
        assertNotEquals(1, byEpoch.size());
    }

    @Test
    void should_stop_early() {
        TrainingConfig config = new TrainingConfig(20, 8, 7).earlyStopping(new EarlyStopping(Measure.LOSS, 2, 100));
        Setting setting = new Setting(config);
        assertEquals(
                3,
                setting.trainer.fit(TRAIN, VALIDATION, TrainingListener.none()).size());
        assertFalse(setting.trainer.isUnfinished());
    }

    @Test
    void should_refuse_what_belongs_to_another_training_and_change_nothing() {
        Setting before = new Setting(config());
        before.trainer.fit(TRAIN, VALIDATION, TrainingListener.none());
        TrainingSnapshot snapshot = copy(before.trainer.snapshot());
        assertEquals(
                "resume: the checkpoint is of batch size 8, here it is 4; the order of the examples would be another",
                refusal(new Setting(new TrainingConfig(4, 4, 7)), snapshot));
        assertEquals(
                "resume: the checkpoint is of seed 7, here it is 8; the order of the examples would be another",
                refusal(new Setting(new TrainingConfig(4, 8, 8)), snapshot));
        assertEquals(
                "resume: there is no training.batchSize; this is no checkpoint of a training",
                refusal(new Setting(config()), new TrainingSnapshot(Map.of(), Map.of())));
        Setting other = new Setting(config());
        Optimiser sgd =
                Sgd.builder(other.net.parameters(), ENGINE).momentum(0.9).build();
        Trainer trainer = new Trainer(other.net, sgd, config(), ENGINE);
        trainer.resume(snapshot);
        Map<String, float[]> weights = other.weights();
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> trainer.fit(TRAIN, VALIDATION, TrainingListener.none()))
                .getMessage()
                .startsWith("optimiser: the saved state is [bn.bias.mean, "));
        assertSame(weights, other.weights(), "refused");
    }

    private static String refusal(Setting setting, TrainingSnapshot snapshot) {
        setting.trainer.resume(snapshot);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> setting.trainer.fit(TRAIN, VALIDATION, TrainingListener.none()))
                .getMessage();
    }
}
