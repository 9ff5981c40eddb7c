package dev.lanes.layers.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final List<String> CLASSES = List.of("left", "right", "top");

    /** Noisy images of 8x8 pixels with a bright bar at the left, at the right or at the top. */
    private static Dataset bars(int n, long seed) {
        RandomGenerator random = new SeededRandom(seed);
        Tensor images = Tensor.generate(Shape.of(n, 8, 8, 1), i -> 0.2 * random.nextDouble());
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3;
            for (int k = 0; k < 8; k++) {
                int row = labels[i] == 2 ? 1 : k;
                int column = labels[i] == 0 ? 1 : labels[i] == 1 ? 6 : k;
                images.set(1, i, row, column, 0);
            }
        }
        return new Dataset("bars", images, labels, CLASSES);
    }

    private static Sequential network(long seed) {
        RandomGenerator random = new SeededRandom(seed);
        return Sequential.builder()
                .add("conv", Conv2d.builder(1, 8, 3).padding(1).build(random))
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(128, 3).build(random))
                .build();
    }

    private static float[] weights(Sequential net) {
        Tensor all = Tensor.zeros(
                net.parameters().stream().mapToInt(p -> p.value().elements()).sum());
        int at = 0;
        for (Parameter p : net.parameters()) {
            System.arraycopy(
                    p.value().array(),
                    p.value().offset(),
                    all.array(),
                    all.offset() + at,
                    p.value().elements());
            at += p.value().elements();
        }
        return all.toArray();
    }

    private static Optimiser sgd(Sequential net, Engine engine) {
        return Sgd.builder(net.parameters(), engine)
                .learningRate(0.05)
                .momentum(0.9)
                .build();
    }

    @Test
    void should_learn_what_can_be_told_apart() {
        Sequential net = network(1);
        Trainer trainer = new Trainer(net, sgd(net, ENGINE), new TrainingConfig(5, 16, 1), ENGINE);
        List<EpochReport> epochs = trainer.fit(bars(150, 2), bars(30, 3), TrainingListener.none());
        assertEquals(5, epochs.size());
        EpochReport last = epochs.getLast();
        assertEquals(5, last.epoch());
        assertEquals(1.0, last.trainAccuracy());
        assertEquals(1.0, last.validation().orElseThrow().accuracy());
        assertTrue(last.trainLoss() < epochs.getFirst().trainLoss() / 2);
        Score test = trainer.evaluate(bars(33, 4));
        assertEquals(1.0, test.accuracy());
        assertEquals(11, test.confusion().count(2, 2));
    }

    /** A batch of 64 makes the convolution's gradients large enough work to be shared by the threads. */
    @Test
    void should_give_the_same_bits_each_time_and_for_any_number_of_threads() {
        float[] first = train(ENGINE);
        assertArrayEquals(first, train(ENGINE));
        for (int threads = 2; threads <= 3; threads++) {
            try (Engine engine = Engine.builder().threads(threads).build()) {
                assertArrayEquals(first, train(engine), threads + " threads");
            }
        }
        assertFalse(Arrays.equals(weights(network(1)), first));
    }

    private static float[] train(Engine engine) {
        Sequential net = network(1);
        TrainingConfig config = new TrainingConfig(2, 64, 7, LearningRateSchedule.cosine());
        new Trainer(net, sgd(net, engine), config, engine).fit(bars(150, 2), bars(3, 3), TrainingListener.none());
        return weights(net);
    }

    @Test
    void should_tell_the_listener_of_every_batch_and_epoch() {
        List<String> told = new ArrayList<>();
        Sequential net = network(1);
        Optimiser sgd = sgd(net, ENGINE);
        double[] sum = {0};
        TrainingConfig config = new TrainingConfig(2, 4, 1, LearningRateSchedule.step(1, 0.5));
        List<EpochReport> reports = new Trainer(net, sgd, config, ENGINE)
                .fit(bars(10, 2), bars(0, 3), new TrainingListener() {
                    @Override
                    public void onBatch(int epoch, int batch, int batches, double loss) {
                        told.add(epoch + ": " + batch + "/" + batches);
                        sum[0] += epoch == 2 ? loss * (batch == 3 ? 2 : 4) : 0;
                    }

                    @Override
                    public void onEpoch(EpochReport report) {
                        told.add("epoch " + report.epoch() + "/" + report.epochs() + " at " + report.learningRate());
                        assertTrue(report.validation().isEmpty());
                    }
                });
        assertEquals(
                List.of(
                        "1: 1/3",
                        "1: 2/3",
                        "1: 3/3",
                        "epoch 1/2 at 0.05",
                        "2: 1/3",
                        "2: 2/3",
                        "2: 3/3",
                        "epoch 2/2 at 0.025"),
                told);
        assertEquals(sum[0] / 10, reports.getLast().trainLoss(), 1e-12);
        assertEquals(0.05, sgd.learningRate(), "the rate of the beginning should be back");
    }

    @Test
    void should_depend_on_the_seed() {
        Sequential a = network(1);
        Sequential b = network(1);
        new Trainer(a, sgd(a, ENGINE), new TrainingConfig(1, 8, 1), ENGINE)
                .fit(bars(24, 2), bars(0, 3), TrainingListener.none());
        new Trainer(b, sgd(b, ENGINE), new TrainingConfig(1, 8, 2), ENGINE)
                .fit(bars(24, 2), bars(0, 3), TrainingListener.none());
        assertFalse(Arrays.equals(weights(a), weights(b)));
        assertNotEquals(weights(network(1))[0], weights(network(2))[0]);
    }

    @Test
    void should_judge_alike_whatever_the_batch() {
        Sequential net = network(5);
        Score one = Evaluator.evaluate(net, bars(20, 2), 1, ENGINE);
        Score seven = Evaluator.evaluate(net, bars(20, 2), 7, ENGINE);
        Score all = Evaluator.evaluate(net, bars(20, 2), 100, ENGINE);
        assertEquals(one.confusion().table(), seven.confusion().table());
        assertEquals(one.confusion().table(), all.confusion().table());
        assertEquals(one.loss(), seven.loss(), 1e-6);
        assertEquals(one.loss(), all.loss(), 1e-6);
        assertEquals(20, all.confusion().total());
    }

    @Test
    void should_say_where_it_diverged_and_leave_the_parameters_alone() {
        Sequential net = network(1);
        Dataset data = bars(12, 2);
        data.images().array()[data.images().offset()] = Float.NaN; // the first example
        Trainer trainer = new Trainer(net, sgd(net, ENGINE), new TrainingConfig(2, 12, 1), ENGINE);
        float[] before = weights(net);
        assertEquals(
                "training diverged: the loss is NaN in epoch 1, batch 1 of 1; try a learning rate below 0.05",
                assertThrows(
                                TrainingDivergedException.class,
                                () -> trainer.fit(data, bars(0, 1), TrainingListener.none()))
                        .getMessage());
        assertArrayEquals(before, weights(net));
    }

    @Test
    void should_say_that_network_and_data_do_not_fit_before_it_begins() {
        Sequential net = network(1);
        Trainer trainer = new Trainer(net, sgd(net, ENGINE), new TrainingConfig(1, 4, 1), ENGINE);
        Dataset two = new Dataset("pairs", Tensor.zeros(2, 8, 8, 1), new int[2], List.of("a", "b"));
        assertEquals(
                "network: an image of pairs gives [1, 3], needs [1, 2] for its 2 classes",
                assertThrows(ShapeMismatchException.class, () -> trainer.fit(two, two, TrainingListener.none()))
                        .getMessage());
        assertEquals(
                "bars has no examples",
                assertThrows(IllegalArgumentException.class, () -> trainer.evaluate(bars(0, 1)))
                        .getMessage());
        Dataset large = new Dataset("large", Tensor.zeros(1, 10, 8, 1), new int[1], CLASSES);
        assertEquals(
                "fc: linear: input has 160 columns, weights need 128; x=[1, 160] w=[128, 3]",
                assertThrows(ShapeMismatchException.class, () -> trainer.evaluate(large))
                        .getMessage());
    }

    @Test
    void should_refuse_impossible_settings() {
        assertEquals(
                "training: epochs 0 and batch size 4 must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new TrainingConfig(0, 4, 1))
                        .getMessage());
        assertEquals(
                "schedule: the step is every 0 epochs, needs at least 1",
                assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.step(0, 0.5))
                        .getMessage());
    }
}
