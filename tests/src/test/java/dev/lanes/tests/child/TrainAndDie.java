package dev.lanes.tests.child;

import dev.lanes.formats.Safetensors;
import dev.lanes.formats.WeightsDigest;
import dev.lanes.formats.WeightsFile;
import dev.lanes.layers.data.Augmentations;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.networks.ResidualCnn;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.optimisers.AdamW;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.LearningRateSchedule;
import dev.lanes.layers.training.Measure;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.layers.training.TrainingListener;
import dev.lanes.layers.training.TrainingSnapshot;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains three epochs with a checkpoint after each, from the checkpoint if there is one, and prints the digest of the
 * weights; or dies at once, without any cleaning up, after a given epoch.
 */
public final class TrainAndDie {
    private TrainAndDie() {}

    /**
     * Runs the program.
     *
     * @param args the file of the checkpoint, and after which epoch to die, or {@code never}
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        SeededRandom random = new SeededRandom(5);
        Tensor images = Tensor.generate(Shape.of(20, 8, 8, 1), i -> random.nextDouble());
        int[] labels = new int[20];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
        }
        Dataset data = new Dataset("noise", images, labels, List.of("a", "b"));
        try (Engine engine = Engine.builder().threads(2).build()) {
            Sequential network = ResidualCnn.of(Shape.of(8, 8, 1), 2, random);
            Optimiser adam = AdamW.builder(network.parameters(), engine)
                    .learningRate(1e-3)
                    .build();
            TrainingConfig config = new TrainingConfig(3, 8, 6)
                    .schedule(LearningRateSchedule.oneCycle())
                    .augment(Augmentations.flip(), Augmentations.crop(1))
                    .keepBest(Measure.LOSS);
            Trainer trainer = new Trainer(network, adam, config, engine);
            if (Files.exists(file)) {
                WeightsFile saved = Safetensors.read(file);
                trainer.resume(new TrainingSnapshot(saved.tensors(), saved.metadata()));
            }
            trainer.fit(data, data, new TrainingListener() {
                @Override
                public void onEpoch(EpochReport report) {
                    try {
                        TrainingSnapshot snapshot = trainer.snapshot();
                        Safetensors.write(file, snapshot.tensors(), snapshot.texts());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    if (args[1].equals(Integer.toString(report.epoch()))) {
                        Runtime.getRuntime().halt(9);
                    }
                }
            });
            System.out.println(WeightsDigest.sha256(Weights.of(network)));
        }
    }
}
