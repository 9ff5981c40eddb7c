package dev.lanes.cli.predict;

import dev.lanes.cli.EngineOptions;
import dev.lanes.cli.MisuseException;
import dev.lanes.cli.model.ModelDescription;
import dev.lanes.cli.model.TrainedModel;
import dev.lanes.layers.inference.Predictor;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes predict}: says what is on pictures. */
@Command(name = "predict", description = "Classifies pictures with a model that train has written.")
public final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that train has written, or the model.safetensors in it.")
    private Path model;

    @Option(names = "--top", paramLabel = "N", description = "Classes to name for each picture. Default: 3.")
    private int top = 3;

    @Option(
            names = "--invert",
            paramLabel = "WHEN",
            description = "auto, yes or no: whether dark and light change places. Auto, the default, does so for grey"
                    + " models and pictures that are light at the rim, as ink on paper is.")
    private ImageInput.Invert invert = ImageInput.Invert.AUTO;

    @Mixin
    private EngineOptions engineOptions;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Pictures: PNG, JPEG, GIF or BMP.")
    private List<Path> images;

    /** Made by picocli. */
    public PredictCommand() {}

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new MisuseException("--top must be at least 1, but is " + top);
        }
        TrainedModel trained = TrainedModel.load(model);
        try (Engine engine = engineOptions.engine()) {
            ModelDescription d = trained.description();
            Shape one = Shape.of(1, d.height(), d.width(), d.channels());
            Predictor predictor = Predictor.of(trained.network(), one, engine);
            List<String> lines = new ArrayList<>();
            for (Path image : images) {
                lines.add(
                        classify(d, predictor, image, engine)); // all or nothing: a bad picture among many is an error
            }
            lines.forEach(spec.commandLine().getOut()::println);
        }
        return 0;
    }

    private String classify(ModelDescription d, Predictor predictor, Path image, Engine engine) throws IOException {
        ImageInput.Prepared prepared = ImageInput.read(image, d, invert);
        float[] probabilities = engine.softmax(predictor.run(prepared.image())).toArray();
        String classes = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
                .limit(top)
                .map(c ->
                        String.format(Locale.ROOT, "%s %.1f %%", d.classNames().get(c), 100 * probabilities[c]))
                .collect(Collectors.joining(", "));
        return image + ": " + classes + (prepared.inverted() ? " (inverted)" : "");
    }
}
