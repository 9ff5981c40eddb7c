package dev.lanes.layers.training;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** How far a training has come: what changes beside the network and the optimiser. */
final class TrainingState {
    /** Keeps what is random within the passes apart from the order of the examples. */
    private static final long IN_PASSES = 1;

    /** The epochs that have ended. */
    final List<EpochReport> reports = new ArrayList<>();

    /** The batches of the current epoch that have been learnt from. */
    int batch;

    /** The sum of the losses of their examples. */
    double lossSum;

    /** How many of their examples were classified rightly. */
    long correct;

    /** Random numbers for the passes. */
    SeededRandom random;

    /** The weights of the best epoch so far, or null before there is one. */
    private SequencedMap<String, Tensor> best;

    private int bestEpoch;

    TrainingState(long seed) {
        random = SeededRandom.of(seed, IN_PASSES);
    }

    int epoch() {
        return reports.size();
    }

    void endEpoch(EpochReport report) {
        reports.add(report);
        batch = 0;
        lossSum = 0;
        correct = 0;
    }

    /** Keeps the weights if the last epoch was better than the best before. */
    void keepIfBest(Measure measure, Layer network) {
        EpochReport last = reports.getLast();
        if (best == null || measure.of(last) > measure.of(reports.get(bestEpoch - 1))) {
            bestEpoch = last.epoch();
            SequencedMap<String, Tensor> weights = Weights.of(network);
            if (best == null) {
                best = new LinkedHashMap<>();
                weights.forEach((name, tensor) -> best.put(name, tensor.copy()));
            } else {
                weights.forEach((name, tensor) -> best.get(name).copyFrom(tensor));
            }
        }
    }

    void loadBest(Layer network) {
        if (best != null) {
            Weights.load(best, network);
        }
    }

    TrainingSnapshot snapshot(Layer network, Optimiser optimiser, TrainingConfig config) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        Weights.of(network).forEach((name, tensor) -> tensors.put(TrainingSnapshot.NETWORK + name, tensor));
        optimiser.state().forEach((name, tensor) -> tensors.put(TrainingSnapshot.OPTIMISER + name, tensor));
        if (best != null) {
            best.forEach((name, tensor) -> tensors.put(TrainingSnapshot.BEST + name, tensor));
        }
        Map<String, String> texts = new TreeMap<>();
        texts.put("training.epoch", Integer.toString(epoch()));
        texts.put("training.batch", Integer.toString(batch));
        texts.put("training.batchSize", Integer.toString(config.batchSize()));
        texts.put("training.seed", Long.toString(config.seed()));
        texts.put("training.lossSum", Double.toString(lossSum));
        texts.put("training.correct", Long.toString(correct));
        texts.put("training.random", Long.toString(random.state()));
        texts.put("training.bestEpoch", Integer.toString(bestEpoch));
        for (EpochReport report : reports) {
            texts.put("training.report." + report.epoch(), ReportText.write(report));
        }
        return new TrainingSnapshot(tensors, texts);
    }

    /** Loads network and optimiser from a snapshot and returns how far it had come. */
    static TrainingState resume(
            TrainingSnapshot snapshot, Layer network, Optimiser optimiser, TrainingConfig config, Dataset train) {
        require("batch size", snapshot.number("training.batchSize"), config.batchSize());
        require("seed", snapshot.number("training.seed"), config.seed());
        TrainingState state = new TrainingState(config.seed());
        long epochs = snapshot.number("training.epoch");
        for (int epoch = 1; epoch <= epochs; epoch++) {
            state.reports.add(ReportText.read(snapshot.text("training.report." + epoch), train.classNames()));
        }
        long batches = Math.ceilDiv(train.size(), config.batchSize());
        long batch = snapshot.number("training.batch");
        if (batch < 0 || batch >= batches) {
            throw new IllegalArgumentException("resume: " + batch + " batches of the epoch are done, but "
                    + train.name() + " has only " + batches);
        }
        state.batch = (int) batch;
        state.lossSum = Double.parseDouble(snapshot.text("training.lossSum"));
        state.correct = snapshot.number("training.correct");
        state.random = new SeededRandom(snapshot.number("training.random"));
        state.bestEpoch = (int) snapshot.number("training.bestEpoch");
        SequencedMap<String, Tensor> saved = snapshot.part(TrainingSnapshot.BEST);
        if (state.bestEpoch > 0) {
            if (state.bestEpoch > epochs
                    || !saved.keySet().equals(Weights.of(network).keySet())) {
                throw new IllegalArgumentException("resume: the best weights do not belong to this network");
            }
            state.best = new LinkedHashMap<>();
            saved.forEach((name, tensor) -> state.best.put(name, tensor.copy()));
        }
        optimiser.restore(snapshot.part(TrainingSnapshot.OPTIMISER));
        Weights.load(snapshot.part(TrainingSnapshot.NETWORK), network);
        return state;
    }

    private static void require(String what, long saved, long here) {
        if (saved != here) {
            throw new IllegalArgumentException("resume: the checkpoint is of " + what + " " + saved + ", here it is "
                    + here + "; the order of the examples would be another");
        }
    }
}
