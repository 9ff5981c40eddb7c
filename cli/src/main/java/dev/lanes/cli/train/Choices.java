package dev.lanes.cli.train;

import dev.lanes.cli.MisuseException;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.data.Augmentation;
import dev.lanes.layers.data.Augmentations;
import dev.lanes.layers.optimisers.Adagrad;
import dev.lanes.layers.optimisers.Adam;
import dev.lanes.layers.optimisers.AdamW;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.RmsProp;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.training.LearningRateSchedule;
import dev.lanes.numerics.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the words of a recipe stand for. */
final class Choices {
    /** The names of the optimisers. */
    static final List<String> OPTIMISERS = List.of("sgd", "nesterov", "adam", "adamw", "rmsprop", "adagrad");

    private static final String SCHEDULES =
            "constant, cosine, one-cycle, step=EPOCHS, exponential=FACTOR," + " plateau=PATIENCE";

    private Choices() {}

    /** A word, and the number behind its equals sign if there is one. */
    private record Word(String name, Optional<Double> number) {
        static Word of(String option, String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                return new Word(text, Optional.empty());
            }
            try {
                return new Word(text.substring(0, equals), Optional.of(Double.valueOf(text.substring(equals + 1))));
            } catch (NumberFormatException e) {
                throw new MisuseException(option + " " + text + ": there must be a number behind the =");
            }
        }

        int whole(String option, int usual) {
            double value = number.orElse((double) usual);
            if (value != Math.rint(value) || Math.abs(value) > 1_000_000) {
                throw new MisuseException(option + " " + name + ": needs a whole number, but is " + value);
            }
            return (int) value;
        }
    }

    /** Returns the optimiser of a recipe; weights decay, biases and what normalises do not. */
    static Optimiser optimiser(Recipe recipe, List<Parameter> parameters, Engine engine) {
        return switch (recipe.optimiser()) {
            case "adam" ->
                Adam.builder(parameters, engine)
                        .learningRate(recipe.learningRate())
                        .weightDecay(recipe.weightDecay())
                        .decayMatricesOnly()
                        .build();
            case "adamw" ->
                AdamW.builder(parameters, engine)
                        .learningRate(recipe.learningRate())
                        .weightDecay(recipe.weightDecay())
                        .decayMatricesOnly()
                        .build();
            case "rmsprop" ->
                RmsProp.builder(parameters, engine)
                        .learningRate(recipe.learningRate())
                        .weightDecay(recipe.weightDecay())
                        .decayMatricesOnly()
                        .build();
            case "adagrad" ->
                Adagrad.builder(parameters, engine)
                        .learningRate(recipe.learningRate())
                        .weightDecay(recipe.weightDecay())
                        .decayMatricesOnly()
                        .build();
            default ->
                Sgd.builder(parameters, engine)
                        .learningRate(recipe.learningRate())
                        .weightDecay(recipe.weightDecay())
                        .decayMatricesOnly()
                        .momentum(recipe.momentum())
                        .nesterov(recipe.optimiser().equals("nesterov"))
                        .build();
        };
    }

    /**
     * Returns the schedule of a recipe.
     *
     * @throws MisuseException if there is none of the name, or its number makes no sense
     */
    static LearningRateSchedule schedule(Recipe recipe) {
        String option = "--schedule";
        Word word = Word.of(option, recipe.schedule());
        try {
            LearningRateSchedule schedule = switch (word.name) {
                case "constant" -> LearningRateSchedule.constant();
                case "cosine" -> LearningRateSchedule.cosine();
                case "one-cycle" -> LearningRateSchedule.oneCycle();
                case "step" -> LearningRateSchedule.step(word.whole(option, Math.max(1, recipe.epochs() / 3)), 0.1);
                case "exponential" -> LearningRateSchedule.exponential(word.number.orElse(0.9));
                case "plateau" -> LearningRateSchedule.plateau(0.2, word.whole(option, 3));
                default -> throw new MisuseException(option + " " + recipe.schedule() + ": there are " + SCHEDULES);
            };
            return recipe.warmUp() > 0 ? schedule.warmUp(recipe.warmUp()) : schedule;
        } catch (IllegalArgumentException e) {
            throw new MisuseException(option + " " + recipe.schedule() + ": " + e.getMessage());
        }
    }

    /**
     * Returns the augmentations that a list stands for.
     *
     * @throws MisuseException if there is none of a name, or its number makes no sense
     */
    static List<Augmentation> augmentations(String list) {
        String option = "--augment";
        List<Augmentation> ways = new ArrayList<>();
        if (list.equals("none")) {
            return ways;
        }
        for (String text : list.split(",", -1)) {
            Word word = Word.of(option, text);
            try {
                ways.add(
                        switch (word.name) {
                            case "flip" -> Augmentations.flip();
                            case "crop" -> Augmentations.crop(word.whole(option, 4));
                            case "rotate" -> Augmentations.rotate(word.number.orElse(10.0));
                            case "erase" -> Augmentations.erase(word.whole(option, 8));
                            default ->
                                throw new MisuseException(option + " " + text
                                        + ": there are none, flip, crop=PIXELS, rotate=DEGREES, erase=PIXELS");
                        });
            } catch (IllegalArgumentException e) {
                throw new MisuseException(option + " " + text + ": " + e.getMessage());
            }
        }
        return ways;
    }
}
