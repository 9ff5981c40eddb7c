package dev.lanes.cli.train;

import dev.lanes.cli.EngineOptions;
import dev.lanes.cli.Json;
import dev.lanes.cli.MisuseException;
import dev.lanes.cli.data.DataSources;
import dev.lanes.cli.data.LoadedData;
import dev.lanes.cli.model.ModelDescription;
import dev.lanes.cli.model.TrainedModel;
import dev.lanes.formats.AtomicFile;
import dev.lanes.formats.WeightsDigest;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.data.Split;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.LearningRateSchedule;
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

/** {@code lanes train}: trains a small convolutional network, judges it once on the test set, and writes it down. */
@Command(name = "train", description = "Trains a small convolutional network and writes the model and its pictures.")
public final class TrainCommand implements Callable<Integer> {
    private static final double VALIDATION_PART = 0.1;
    private static final double TEST_PART = 0.2;
    /** What the initial weights are drawn for, apart from the order of the examples. */
    private static final long FOR_WEIGHTS = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "digits, mnist, fashion-mnist or cifar10.")
    private String dataset;

    @Option(names = "--epochs", paramLabel = "N", description = "How often every example is seen.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples a step.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "X", description = "That of the first epoch.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--momentum", paramLabel = "X", description = "From 0 to below 1.")
    private Optional<Double> momentum = Optional.empty();

    @Option(names = "--weight-decay", paramLabel = "X", description = "How strongly weights are drawn to zero.")
    private Optional<Double> weightDecay = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "What all that is random follows from. Default: 1.")
    private long seed = 1;

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
        if (!sources.names().contains(dataset)) {
            throw new MisuseException("no data set " + dataset + "; there are " + String.join(", ", sources.names()));
        }
        Recipe recipe = recipe();
        Path folder = out == null ? Path.of("lanes-out", dataset) : out;
        try (Engine engine = engineOptions.engine()) {
            Files.createDirectories(folder); // before the work: a folder that cannot be made must not cost a training
            requireFolderOfJson();
            PrintWriter console = spec.commandLine().getOut();
            console.println(engine);
            Split split = split(sources.load(dataset));
            train(engine, recipe, split, folder, console);
        }
        return 0;
    }

    private Recipe recipe() {
        Recipe usual = Recipe.of(dataset);
        Recipe asked = new Recipe(
                epochs.orElse(usual.epochs()),
                batch.orElse(usual.batch()),
                learningRate.orElse(usual.learningRate()),
                momentum.orElse(usual.momentum()),
                weightDecay.orElse(usual.weightDecay()));
        require(asked.epochs() >= 1, "--epochs must be at least 1, but is " + asked.epochs());
        require(asked.batch() >= 1, "--batch must be at least 1, but is " + asked.batch());
        require(
                asked.learningRate() > 0 && Double.isFinite(asked.learningRate()),
                "--learning-rate must be above 0, but is " + asked.learningRate());
        require(
                asked.momentum() >= 0 && asked.momentum() < 1,
                "--momentum must be from 0 to below 1, but is " + asked.momentum());
        require(
                asked.weightDecay() >= 0 && Double.isFinite(asked.weightDecay()),
                "--weight-decay must be at least 0, but is " + asked.weightDecay());
        return asked;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new MisuseException(message);
        }
    }

    private void requireFolderOfJson() {
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            require(folder != null && Files.isDirectory(folder), "--json " + json + ": there is no such folder");
            require(!Files.isDirectory(json), "--json " + json + " is a folder");
        }
    }

    private Split split(LoadedData data) {
        return data.testOrNull() == null
                ? Split.stratified(data.train(), VALIDATION_PART, TEST_PART, seed)
                : Split.stratifiedValidation(data.train(), data.testOrNull(), VALIDATION_PART, seed);
    }

    private void train(Engine engine, Recipe recipe, Split split, Path folder, PrintWriter console) throws IOException {
        Dataset train = split.train();
        Shape image = train.imageShape();
        Sequential network = SmallCnn.of(image, train.classNames().size(), SeededRandom.of(seed, FOR_WEIGHTS));
        console.printf(
                Locale.ROOT,
                "%s: %d to train, %d to validate, %d to test%n",
                dataset,
                train.size(),
                split.validation().size(),
                split.test().size());
        console.println(network.summary(Shape.of(1, image.dim(0), image.dim(1), image.dim(2))));

        Sgd sgd = Sgd.builder(network.parameters(), engine)
                .learningRate(recipe.learningRate())
                .momentum(recipe.momentum())
                .weightDecay(recipe.weightDecay())
                .build();
        TrainingConfig config =
                new TrainingConfig(recipe.epochs(), recipe.batch(), seed, LearningRateSchedule.cosine());
        Trainer trainer = new Trainer(network, sgd, config, engine);
        long start = System.nanoTime();
        List<EpochReport> reports;
        try (EpochLines lines = new EpochLines(recipe.epochs())) {
            reports = trainer.fit(train, split.validation(), lines);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        Score test = trainer.evaluate(split.test().open("accuracy"));
        double rate = (double) train.size() * recipe.epochs() / seconds;
        console.printf(Locale.ROOT, "trained in %.1f s, %.0f examples/s%n", seconds, rate);
        console.printf(Locale.ROOT, "test loss %.4f accuracy %.4f%n", test.loss(), test.accuracy());

        ModelDescription description = new ModelDescription(
                TrainedModel.SMALL_CNN,
                dataset,
                image.dim(0),
                image.dim(1),
                image.dim(2),
                train.classNames(),
                test.accuracy());
        new TrainedModel(description, network).save(folder);
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
                    recipe.epochs(),
                    seed,
                    engine.threads(),
                    engine.backend(),
                    engine.vectorBits(),
                    seconds,
                    rate,
                    test.accuracy(),
                    parameters,
                    WeightsDigest.sha256(Weights.of(network)));
            AtomicFile.write(json, stream -> Json.write(stream, summary));
        }
    }
}
