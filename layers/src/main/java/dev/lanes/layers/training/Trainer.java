package dev.lanes.layers.training;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Batches;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Teaches a classifier by mini-batches: shuffle, forward, loss, backward, step, and after each epoch a look at the
 * validation set.
 *
 * <p>The same network, data, optimiser and configuration give the same bits, whatever the number of threads. For one
 * thread.
 *
 * <pre>{@code
 * Optimiser sgd = Sgd.builder(net.parameters(), engine).learningRate(0.05).momentum(0.9).build();
 * Trainer trainer = new Trainer(net, sgd, new TrainingConfig(10, 64, 42), engine);
 * List<EpochReport> epochs = trainer.fit(split.train(), split.validation(), TrainingListener.none());
 * Score score = trainer.evaluate(split.test());
 * }</pre>
 */
public final class Trainer {
    /** Keeps what is random within the passes apart from the order of the examples. */
    private static final long IN_PASSES = 1;

    private final Layer network;
    private final Optimiser optimiser;
    private final TrainingConfig config;
    private final Engine engine;

    /**
     * Makes a trainer.
     *
     * @param network images {@code [batch, height, width, channels]} to scores {@code [batch, classes]}
     * @param optimiser knows the parameters of the network; its learning rate is that of the beginning
     */
    public Trainer(Layer network, Optimiser optimiser, TrainingConfig config, Engine engine) {
        this.network = Objects.requireNonNull(network, "network");
        this.optimiser = Objects.requireNonNull(optimiser, "optimiser");
        this.config = Objects.requireNonNull(config, "config");
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    /**
     * Trains for all epochs and returns what each has brought. The optimiser then has the learning rate that it had
     * before.
     *
     * @param validation what to judge by after each epoch; may be empty
     * @throws ShapeMismatchException if the network does not take the images or does not give a score for each class
     * @throws IllegalArgumentException if there is nothing to train on
     * @throws TrainingDivergedException if the loss becomes infinite or NaN
     */
    public List<EpochReport> fit(Dataset train, Dataset validation, TrainingListener listener) {
        Evaluator.requireFit(network, train);
        Batches batches = new Batches(train, config.batchSize(), config.seed());
        Tape tape = Tape.recording(engine);
        Pass pass = Pass.training(tape, SeededRandom.of(config.seed(), IN_PASSES));
        List<EpochReport> reports = new ArrayList<>();
        double rate = optimiser.learningRate();
        try {
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                reports.add(epoch(epoch, rate, batches, pass, validation, listener, reports));
                listener.onEpoch(reports.getLast());
            }
        } finally {
            optimiser.learningRate(rate);
        }
        return List.copyOf(reports);
    }

    private EpochReport epoch(
            int epoch,
            double rate,
            Batches batches,
            Pass pass,
            Dataset validation,
            TrainingListener listener,
            List<EpochReport> past) {
        double lossSum = 0;
        long correct = 0;
        int number = 0;
        for (Batches.Batch batch : batches.shuffle(epoch)) {
            double passed = epoch + (double) number / batches.count();
            optimiser.learningRate(rate * config.schedule().factor(passed, config.epochs(), past));
            number++;
            pass.tape().reset();
            Variable scores = network.forward(pass.tape().constant(batch.images()), pass);
            Variable mean = SoftmaxCrossEntropy.of(scores, batch.labels(), pass);
            float loss = mean.value().item();
            if (!Float.isFinite(loss)) {
                throw new TrainingDivergedException(loss, epoch + 1, number, batches.count(), optimiser.learningRate());
            }
            lossSum += (double) loss * batch.size();
            correct += Metrics.correct(scores.value(), batch.labels());
            optimiser.step(pass.tape().backward(mean));
            listener.onBatch(epoch + 1, number, batches.count(), loss);
        }
        Optional<Score> score = validation.size() == 0 ? Optional.empty() : Optional.of(evaluate(validation));
        return new EpochReport(
                epoch + 1,
                config.epochs(),
                optimiser.learningRate(),
                lossSum / batches.examples(),
                (double) correct / batches.examples(),
                score);
    }

    /**
     * Returns how the network does on a data set, as it is now; see {@link Evaluator#evaluate}.
     *
     * @throws ShapeMismatchException if the network does not take the images or does not give a score for each class
     * @throws IllegalArgumentException if the data set is empty
     */
    public Score evaluate(Dataset data) {
        return Evaluator.evaluate(network, data, config.batchSize(), engine);
    }
}
