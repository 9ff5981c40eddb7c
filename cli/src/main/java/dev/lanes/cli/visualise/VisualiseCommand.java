package dev.lanes.cli.visualise;

import dev.lanes.cli.EngineOptions;
import dev.lanes.cli.data.DataSources;
import dev.lanes.cli.data.LoadedData;
import dev.lanes.cli.model.ModelDescription;
import dev.lanes.cli.model.TrainedModel;
import dev.lanes.cli.predict.ImageInput;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes visualise}: shows what a network sees in a picture. */
@Command(
        name = "visualise",
        description = "Shows what a model sees in a picture: filters, feature maps, projections, saliency.")
public final class VisualiseCommand implements Callable<Integer> {
    /** Of large data sets this many images are looked through; more would show nothing else. */
    private static final int MOST_IMAGES = 5000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that train has written, or the model.safetensors in it.")
    private Path model;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write. Default: DIR of the model/visualise.")
    private Path out;

    @Option(
            names = "--invert",
            paramLabel = "WHEN",
            description = "auto, yes or no: whether dark and light change places. Auto, the default, does so for grey"
                    + " models and pictures that are light at the rim, as ink on paper is.")
    private ImageInput.Invert invert = ImageInput.Invert.AUTO;

    @Mixin
    private EngineOptions engineOptions;

    @Parameters(paramLabel = "IMAGE", description = "A picture: PNG, JPEG, GIF or BMP.")
    private Path image;

    /** Made by picocli. */
    public VisualiseCommand() {}

    private interface Drawing {
        void draw(Path file) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        TrainedModel trained = TrainedModel.load(model);
        ModelDescription d = trained.description();
        Tensor x = ImageInput.read(image, d, invert).image();
        Path folder =
                out != null ? out : (Files.isDirectory(model) ? model : model.resolveSibling("")).resolve("visualise");
        Files.createDirectories(folder);
        try (Engine engine = engineOptions.engine()) {
            Pass pass = Pass.evaluation(Tape.none(engine));
            Tensor scores =
                    trained.network().forward(pass.tape().constant(x), pass).value();
            int best = Metrics.argmax(scores, 0);
            String name = d.classNames().get(best);
            spec.commandLine().getOut().println(image + ": " + name);

            NetworkPictures pictures = new NetworkPictures(trained.network(), x, engine);
            Optional<Dataset> data = data(d);
            write(folder, "filters.png", pictures::filters);
            for (String layer : pictures.layers()) {
                write(folder, "maps-" + layer + ".png", file -> pictures.maps(file, layer));
                write(folder, "projections-" + layer + ".png", file -> pictures.projections(file, layer));
                if (data.isPresent()) {
                    write(folder, "top-" + layer + ".png", file -> pictures.top(file, layer, data.get()));
                }
            }
            write(folder, "saliency.png", file -> pictures.saliency(file, best, name));
        }
        return 0;
    }

    private void write(Path folder, String name, Drawing drawing) throws IOException {
        drawing.draw(folder.resolve(name));
        spec.commandLine().getOut().println("  " + folder.resolve(name));
    }

    /** Returns the images that the model was trained on, if they are here. */
    private Optional<Dataset> data(ModelDescription d) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            LoadedData loaded = DataSources.system().load(d.dataset());
            Dataset all = loaded.train();
            int[] some = new int[Math.min(all.size(), MOST_IMAGES)];
            for (int i = 0; i < some.length; i++) {
                some[i] = (int) ((long) i * all.size() / some.length);
            }
            return Optional.of(some.length == all.size() ? all : all.subset(some));
        } catch (IOException | IllegalArgumentException e) {
            err.println("lanes: no pictures of the strongest crops: " + e.getMessage());
            return Optional.empty();
        }
    }
}
