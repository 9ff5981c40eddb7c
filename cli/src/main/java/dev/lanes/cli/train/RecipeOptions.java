package dev.lanes.cli.train;

import dev.lanes.cli.MisuseException;
import dev.lanes.cli.model.Networks;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that change a recipe. To be mixed in. */
final class RecipeOptions {
    @Option(names = "--network", paramLabel = "NAME", description = "small-cnn or residual-cnn.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "How often every example is seen.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples a step.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--optimiser", paramLabel = "NAME", description = "sgd, nesterov, adam, adamw, rmsprop or adagrad.")
    private Optional<String> optimiser = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "X", description = "The largest that the schedule comes to.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--momentum", paramLabel = "X", description = "Of sgd and nesterov, from 0 to below 1.")
    private Optional<Double> momentum = Optional.empty();

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "How strongly weights, but not biases, are drawn to zero.")
    private Optional<Double> weightDecay = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "constant, cosine, one-cycle, step, step=EPOCHS, exponential, exponential=FACTOR, plateau or"
                    + " plateau=PATIENCE.")
    private Optional<String> schedule = Optional.empty();

    @Option(
            names = "--warm-up",
            paramLabel = "EPOCHS",
            description = "Over which the learning rate rises from 0 first.")
    private Optional<Double> warmUp = Optional.empty();

    @Option(
            names = "--augment",
            paramLabel = "LIST",
            description = "How training images are changed: none, or some of flip, crop=PIXELS, rotate=DEGREES,"
                    + " erase=PIXELS with commas between.")
    private Optional<String> augment = Optional.empty();

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            description = "Which part of each label is spread over all classes, from 0 to below 1.")
    private Optional<Double> labelSmoothing = Optional.empty();

    /**
     * Returns a recipe with what the user asked for instead.
     *
     * @throws MisuseException if that is impossible
     */
    Recipe change(Recipe usual) {
        Recipe asked = new Recipe(
                network.orElse(usual.network()),
                epochs.orElse(usual.epochs()),
                batch.orElse(usual.batch()),
                optimiser.orElse(usual.optimiser()),
                learningRate.orElse(usual.learningRate()),
                momentum.orElse(usual.momentum()),
                weightDecay.orElse(usual.weightDecay()),
                schedule.orElse(usual.schedule()),
                warmUp.orElse(usual.warmUp()),
                augment.orElse(usual.augment()),
                labelSmoothing.orElse(usual.labelSmoothing()));
        requireOneOf("--network", asked.network(), Networks.names());
        requireOneOf("--optimiser", asked.optimiser(), Choices.OPTIMISERS);
        require(asked.epochs() >= 1, "--epochs must be at least 1, but is " + asked.epochs());
        require(asked.batch() >= 1, "--batch must be at least 1, but is " + asked.batch());
        require(
                asked.learningRate() > 0 && Double.isFinite(asked.learningRate()),
                "--learning-rate must be above 0, but is " + asked.learningRate());
        requirePart("--momentum", asked.momentum());
        requirePart("--label-smoothing", asked.labelSmoothing());
        require(
                asked.weightDecay() >= 0 && Double.isFinite(asked.weightDecay()),
                "--weight-decay must be at least 0, but is " + asked.weightDecay());
        require(
                asked.warmUp() >= 0 && Double.isFinite(asked.warmUp()),
                "--warm-up must be at least 0, but is " + asked.warmUp());
        Choices.schedule(asked); // throws for what makes no sense
        Choices.augmentations(asked.augment());
        return asked;
    }

    private static void requirePart(String option, double value) {
        require(value >= 0 && value < 1, option + " must be from 0 to below 1, but is " + value);
    }

    private static void requireOneOf(String option, String value, List<String> choices) {
        require(choices.contains(value), option + " " + value + ": there are " + String.join(", ", choices));
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new MisuseException(message);
        }
    }
}
