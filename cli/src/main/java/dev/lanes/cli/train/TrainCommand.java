package dev.lanes.cli.train;

import static dev.lanes.cli.train.RecipeOptions.require;

import dev.lanes.cli.EngineOptions;
import dev.lanes.cli.Json;
import dev.lanes.cli.MisuseException;
import dev.lanes.cli.data.DataSources;
import dev.lanes.cli.data.LoadedData;
import dev.lanes.cli.model.ModelDescription;
import dev.lanes.cli.model.Networks;
import dev.lanes.cli.model.TrainedModel;
import dev.lanes.formats.AtomicFile;
import dev.lanes.formats.WeightsDigest;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.data.Augmentation;
import dev.lanes.layers.data.Split;
import dev.lanes.layers.losses.ClassificationLoss;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.ops.LabelWeighting;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.EarlyStopping;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.Measure;
import dev.lanes.layers.training.Score;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes train}: trains a convolutional network, judges it once on the test set, and writes it down. */
@Command(
        name = "train",
        description = "Trains a convolutional network and writes the model and its pictures.",
        footer = {
            "",
            "Without options a recipe made for the data set is followed. Ctrl-C leaves a checkpoint; the same command"
                    + " with --resume goes on from there and comes to the same weights, bit for bit."
        })
public final class TrainCommand implements Callable<Integer> {
    private static final double VALIDATION_PART = 0.1;
    private static final double TEST_PART = 0.2;
    /** What the initial weights are drawn for, apart from the order of the examples. */
    private static final long FOR_WEIGHTS = 2;
    /** What a shell says of a program that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "digits, mnist, fashion-mnist (or fashion), or cifar10.")
    private String dataset;

    @Mixin
    private RecipeOptions recipeOptions;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop when the validation accuracy has not grown for so many epochs.")
    private Optional<Integer> patience = Optional.empty();

    @Option(names = "--keep-best", description = "End with the weights of the epoch of the best validation accuracy.")
    private boolean keepBest;

    @Option(names = "--seed", paramLabel = "N", description = "What all that is random follows from. Default: 1.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--resume", description = "Go on from the checkpoint of an interrupted training.")
    private boolean resume;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write. Default: lanes-out/DATASET.")
    private Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write a summary for machines.")
    private Path json;

    @Mixin
    private EngineOptions engineOptions;

    /** Made by picocli. */
    public TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        DataSources sources = DataSources.system();
        dataset = dataset.equals("fashion") ? "fashion-mnist" : dataset;
        if (!sources.names().contains(dataset)) {
            throw new MisuseException("no data set " + dataset + "; there are " + String.join(", ", sources.names()));
        }
        require(patience.orElse(1) >= 1, "--patience must be at least 1, but is " + patience.orElse(1));
        Path folder = out == null ? Path.of("lanes-out", dataset) : out;
        Optional<CheckpointFile> checkpoint =
                resume ? Optional.of(CheckpointFile.read(folder, dataset)) : Optional.empty();
        Recipe recipe =
                recipeOptions.change(checkpoint.map(CheckpointFile::recipe).orElse(Recipe.of(dataset)));
        long from = seed.orElse(checkpoint.map(CheckpointFile::seed).orElse(1L));
        try (Engine engine = engineOptions.engine()) {
            Files.createDirectories(folder); // before the work: a folder that cannot be made must not cost a training
            requireFolderOfJson();
            PrintWriter console = spec.commandLine().getOut();
            console.println(engine);
            return train(engine, recipe, from, split(sources.load(dataset), from), folder, checkpoint, console);
        }
    }

    private void requireFolderOfJson() {
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            require(folder != null && Files.isDirectory(folder), "--json " + json + ": there is no such folder");
            require(!Files.isDirectory(json), "--json " + json + " is a folder");
        }
    }

    private static Split split(LoadedData data, long seed) {
        return data.testOrNull() == null
                ? Split.stratified(data.train(), VALIDATION_PART, TEST_PART, seed)
                : Split.stratifiedValidation(data.train(), data.testOrNull(), VALIDATION_PART, seed);
    }

    private int train(
            Engine engine,
            Recipe recipe,
            long from,
            Split split,
            Path folder,
            Optional<CheckpointFile> checkpoint,
            PrintWriter console)
            throws IOException {
        Shape image = split.train().imageShape();
        int classes = split.train().classNames().size();
        Sequential network = Networks.make(recipe.network(), image, classes, SeededRandom.of(from, FOR_WEIGHTS));
        console.printf(
                Locale.ROOT,
                "%s: %d to train, %d to validate, %d to test%n",
                dataset,
                split.train().size(),
                split.validation().size(),
                split.test().size());
        console.println(network.summary(Shape.of(1, image.dim(0), image.dim(1), image.dim(2))));
        console.println(recipe);
        console.flush();
        Trainer trainer = new Trainer(
                network, Choices.optimiser(recipe, network.parameters(), engine), config(recipe, from), engine);
        checkpoint.ifPresent(file -> trainer.resume(file.snapshot()));
        long start = System.nanoTime();
        List<EpochReport> reports;
        try (Interruption _ = Interruption.stopping(trainer::stop);
                EpochLines lines = new EpochLines(
                        recipe.epochs(),
                        () -> new CheckpointFile(dataset, from, recipe, trainer.snapshot()).write(folder))) {
            reports = trainer.fit(split.train(), split.validation(), lines);
            if (trainer.isUnfinished()) {
                lines.checkpoint();
                console.println("interrupted; go on with ./lanes train " + dataset + " --resume"
                        + (out == null ? "" : " --out " + out));
                console.flush();
                return INTERRUPTED;
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        finish(engine, recipe, from, split, network, trainer, reports, seconds, folder, console);
        return 0;
    }

    private TrainingConfig config(Recipe recipe, long from) {
        TrainingConfig config = new TrainingConfig(recipe.epochs(), recipe.batch(), from)
                .schedule(Choices.schedule(recipe))
                .loss(ClassificationLoss.softmaxCrossEntropy(LabelWeighting.NONE.smoothing(recipe.labelSmoothing())))
                .augment(Choices.augmentations(recipe.augment()).toArray(Augmentation[]::new));
        if (patience.isPresent()) {
            config = config.earlyStopping(new EarlyStopping(Measure.ACCURACY, patience.get()));
        }
        return keepBest ? config.keepBest(Measure.ACCURACY) : config;
    }

    private void finish(
            Engine engine,
            Recipe recipe,
            long from,
            Split split,
            Sequential network,
            Trainer trainer,
            List<EpochReport> reports,
            double seconds,
            Path folder,
            PrintWriter console)
            throws IOException {
        Score test = trainer.evaluate(split.test().open("the judgement of the training"));
        double rate = (double) split.train().size() * reports.size() / seconds;
        console.printf(Locale.ROOT, "trained in %.1f s, %.0f examples/s%n", seconds, rate);
        console.printf(Locale.ROOT, "test loss %.4f accuracy %.4f%n", test.loss(), test.accuracy());
        int uses = TestSetLog.add(folder, from, recipe, test.accuracy());
        if (uses > 1) {
            console.println("the test set has now been looked at " + uses + " times from " + folder
                    + "; choose between trainings by the validation accuracy, not by this");
        }
        Shape image = split.train().imageShape();
        ModelDescription description = new ModelDescription(
                recipe.network(),
                dataset,
                image.dim(0),
                image.dim(1),
                image.dim(2),
                split.train().classNames(),
                test.accuracy());
        new TrainedModel(description, network).save(folder);
        CheckpointFile.delete(folder);
        new Pictures(folder, spec.commandLine().getErr()).draw(reports, test.confusion(), network);
        console.println("written to " + folder + ": " + TrainedModel.FILE
                + ", model.json, loss.png, confusion.png, filters.png");
        if (json != null) {
            long parameters = network.parameters().stream()
                    .map(Parameter::shape)
                    .mapToLong(Shape::elements)
                    .sum();
            TrainSummary summary = new TrainSummary(
                    dataset,
                    recipe.network(),
                    reports.size(),
                    from,
                    engine.threads(),
                    engine.backend(),
                    engine.vectorBits(),
                    seconds,
                    rate,
                    validationAccuracy(reports),
                    test.accuracy(),
                    uses,
                    parameters,
                    WeightsDigest.sha256(Weights.of(network)));
            AtomicFile.write(json, stream -> Json.write(stream, summary));
        }
    }

    /** Returns the accuracy of the weights that the network ended with. */
    private double validationAccuracy(List<EpochReport> reports) {
        return keepBest
                ? reports.stream().mapToDouble(Measure.ACCURACY::of).max().orElseThrow()
                : Measure.ACCURACY.of(reports.getLast());
    }
}
