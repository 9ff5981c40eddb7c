package dev.lanes.cli.train;

import dev.lanes.cli.progress.Progress;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.Score;
import dev.lanes.layers.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Shows a training while it runs, a bar an epoch and the line that is left of it, and writes a checkpoint after each. */
final class EpochLines implements TrainingListener, AutoCloseable {
    private final int epochs;
    private final Checkpoint checkpoint;
    private Progress progress;

    /** Writes down where the training stands. */
    interface Checkpoint {
        void write() throws IOException;
    }

    EpochLines(int epochs, Checkpoint checkpoint) {
        this.epochs = epochs;
        this.checkpoint = checkpoint;
    }

    @Override
    public void onBatch(int epoch, int batch, int batches, double loss) {
        if (progress == null) {
            int width = Integer.toString(epochs).length();
            progress = Progress.start(String.format(Locale.ROOT, "epoch %" + width + "d/%d", epoch, epochs), batches);
            progress.step(batch - 1); // done before an interruption
        }
        progress.step(1).message(String.format(Locale.ROOT, "loss %.4f", loss));
    }

    @Override
    public void onEpoch(EpochReport report) {
        Score validation = report.validation().orElseThrow();
        progress.message(String.format(
                Locale.ROOT,
                "train loss %.4f accuracy %.4f   validation loss %.4f accuracy %.4f",
                report.trainLoss(),
                report.trainAccuracy(),
                validation.loss(),
                validation.accuracy()));
        close();
        if (report.epoch() < epochs) {
            checkpoint();
        }
    }

    void checkpoint() {
        try {
            checkpoint.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
