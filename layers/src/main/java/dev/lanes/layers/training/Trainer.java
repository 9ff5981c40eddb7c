package dev.lanes.layers.training;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Augmentation;
import dev.lanes.layers.data.Batches;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Teaches a classifier by mini-batches: shuffle, forward, loss, backward, step, and after each epoch a look at the
 * validation set.
 *
 * <p>The same network, data, optimiser and configuration give the same bits, whatever the number of threads, and whether
 * the training is interrupted or not: {@link #snapshot} holds all that {@link #resume} needs. For one thread, but for
 * {@link #stop}.
 *
 * <pre>{@code
 * Optimiser sgd = Sgd.builder(net.parameters(), engine).learningRate(0.05).momentum(0.9).build();
 * Trainer trainer = new Trainer(net, sgd, new TrainingConfig(10, 64, 42), engine);
 * List<EpochReport> epochs = trainer.fit(split.train(), split.validation(), TrainingListener.none());
 * Score score = trainer.evaluate(split.test().open("the final judgement"));
 * }</pre>
 */
public final class Trainer {
    private final Layer network;
    private final Optimiser optimiser;
    private final TrainingConfig config;
    private final Engine engine;
    private TrainingState state;
    private Optional<TrainingSnapshot> toResume = Optional.empty();
    private boolean unfinished;
    private volatile boolean stopping;

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
        this.state = new TrainingState(config.seed());
    }

    /**
     * Trains for all epochs, or what is left of them after {@link #resume} or {@link #stop}, and returns what each has
     * brought, those before an interruption too. The optimiser then has the learning rate that it had before; the
     * network has its last weights, or the best if the configuration says so.
     *
     * @param validation what to judge by after each epoch; may be empty
     * @throws ShapeMismatchException if the network does not take the images or does not give a score for each class
     * @throws IllegalArgumentException if there is nothing to train on, or what is to be resumed does not belong to this
     *     network, optimiser, configuration or data set; nothing is changed then
     * @throws TrainingDivergedException if the loss becomes infinite or NaN
     */
    public List<EpochReport> fit(Dataset train, Dataset validation, TrainingListener listener) {
        Evaluator.requireFit(network, train);
        if (toResume.isPresent()) {
            state = TrainingState.resume(toResume.get(), network, optimiser, config, train);
            toResume = Optional.empty();
        } else if (!unfinished) {
            state = new TrainingState(config.seed());
        }
        unfinished = false;
        stopping = false;
        Pass pass = Pass.training(Tape.recording(engine), state.random);
        double rate = optimiser.learningRate();
        try (Batches batches = new Batches(train, config.batchSize(), config.seed())) {
            batches.augment(config.augmentations().toArray(Augmentation[]::new));
            if (config.prefetching()) {
                batches.prefetch();
            }
            while (!isOver() && !stopping) {
                epoch(rate, batches, pass, validation, listener);
            }
        } finally {
            optimiser.learningRate(rate);
        }
        unfinished = !isOver();
        if (!unfinished) {
            state.loadBest(network);
        }
        return List.copyOf(state.reports);
    }

    private boolean isOver() {
        return state.epoch() >= config.epochs()
                || state.batch == 0
                        && config.earlyStopping().isPresent()
                        && config.earlyStopping().get().isOver(state.reports);
    }

    private void epoch(double rate, Batches batches, Pass pass, Dataset validation, TrainingListener listener) {
        int epoch = state.epoch();
        Iterator<Batches.Batch> rest = batches.shuffle(epoch).from(state.batch);
        while (rest.hasNext()) {
            double passed = epoch + (double) state.batch / batches.count();
            optimiser.learningRate(rate * config.schedule().factor(passed, config.epochs(), state.reports));
            step(rest.next(), pass, batches.count(), listener);
            if (stopping && rest.hasNext()) {
                return;
            }
        }
        Optional<Score> score = validation.size() == 0 ? Optional.empty() : Optional.of(evaluate(validation));
        EpochReport report = new EpochReport(
                epoch + 1,
                config.epochs(),
                optimiser.learningRate(),
                state.lossSum / batches.examples(),
                (double) state.correct / batches.examples(),
                score);
        state.endEpoch(report);
        config.best().ifPresent(measure -> state.keepIfBest(measure, network));
        listener.onEpoch(report);
    }

    private void step(Batches.Batch batch, Pass pass, int batches, TrainingListener listener) {
        pass.tape().reset();
        Variable scores = network.forward(pass.tape().constant(batch.images()), pass);
        Variable mean = config.loss().of(scores, batch.labels(), pass);
        float loss = mean.value().item();
        if (!Float.isFinite(loss)) {
            throw new TrainingDivergedException(
                    loss, state.epoch() + 1, state.batch + 1, batches, optimiser.learningRate());
        }
        state.lossSum += (double) loss * batch.size();
        state.correct += Metrics.correct(scores.value(), batch.labels());
        optimiser.step(pass.tape().backward(mean));
        state.batch++;
        listener.onBatch(state.epoch() + 1, state.batch, batches, loss);
    }

    /**
     * Asks a training that is under way to end after the current batch; from any thread. {@link #snapshot} then holds
     * where it stands, and {@link #fit} goes on from there.
     */
    public void stop() {
        stopping = true;
    }

    /** Tells whether the last training was stopped before its end. */
    public boolean isUnfinished() {
        return unfinished;
    }

    /**
     * Returns where the training stands: within {@link TrainingListener#onEpoch}, or when {@link #fit} has returned. The
     * tensors are those of the network and the optimiser, so write or copy them before training goes on.
     */
    public TrainingSnapshot snapshot() {
        return state.snapshot(network, optimiser, config);
    }

    /**
     * Makes the next {@link #fit} go on from a snapshot, with the same bits as if the training had not been interrupted.
     * It overwrites weights, buffers and what the optimiser remembers when it begins; the epochs may be more than before.
     */
    public void resume(TrainingSnapshot snapshot) {
        toResume = Optional.of(snapshot);
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
