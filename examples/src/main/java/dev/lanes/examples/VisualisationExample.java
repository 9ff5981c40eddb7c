package dev.lanes.examples;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.layers.training.TrainingListener;
import dev.lanes.layers.visualise.Activations;
import dev.lanes.layers.visualise.Deconvnet;
import dev.lanes.layers.visualise.Peak;
import dev.lanes.layers.visualise.ReceptiveField;
import dev.lanes.layers.visualise.Saliency;
import dev.lanes.layers.visualise.TopActivations;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;

/** Seeing inside: to what a feature answers, what it projects to, and which pixels matter, drawn with characters. */
final class VisualisationExample implements Example {
    private static final String SHADES = " .:-=+*#%@";

    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        Dataset train = SmallImages.of(320, 1);
        Sequential net = trained(train, engine);
        Dataset unseen = SmallImages.of(8, 5);
        Tensor image = unseen.images().slice(2, 3);
        Activations seen = Activations.of(net, image, engine);
        draw(page, "an image of a cross:", unseen.image(2));

        int relu = seen.indexOf("relu2");
        int strongest = 0;
        for (int c = 1; c < 8; c++) {
            strongest = seen.peak(relu, c).value() > seen.peak(relu, strongest).value() ? c : strongest;
        }
        Peak peak = seen.peak(relu, strongest);
        ReceptiveField field = ReceptiveField.of(seen, relu, peak.y(), peak.x());
        page.say(
                "feature %d of relu2 answers most, by %.2f, to rows %d to %d and columns %d to %d",
                strongest,
                peak.value(),
                field.top(),
                field.top() + field.height() - 1,
                field.left(),
                field.left() + field.width() - 1);
        draw(page, "what of it, by the deconvnet:", Deconvnet.project(seen, relu, strongest));
        draw(page, "which pixels matter for the class \"cross\":", Saliency.of(net, image, 2, engine));

        page.say("the images of the training set to which each feature of relu2 answers most are of class:");
        TopActivations top = TopActivations.of(net, "relu2", train, 6, engine);
        for (int c = 0; c < top.features(); c++) {
            page.say(
                    "  feature %d: %s",
                    c,
                    top.hits(c).stream()
                            .map(hit -> train.classNames().get(train.label(hit.image())))
                            .toList());
        }
        page.say("./lanes visualise draws all this for a trained model");
    }

    private static Sequential trained(Dataset train, Engine engine) {
        SeededRandom random = new SeededRandom(3);
        Sequential net = Sequential.builder()
                .add("conv1", Conv2d.builder(1, 8, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(8, 8, 3).padding(1).build(random))
                .add("relu2", new ReLU())
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(6 * 6 * 8, 4).build(random))
                .build();
        Sgd sgd = Sgd.builder(net.parameters(), engine)
                .learningRate(0.05)
                .momentum(0.9)
                .build();
        new Trainer(net, sgd, new TrainingConfig(4, 16, 7), engine)
                .fit(train, train.subset(new int[0]), TrainingListener.none());
        return net;
    }

    /** Draws positive values, the larger the darker. */
    private static void draw(Page page, String title, Tensor x) {
        page.say("%s", title);
        float most = 1e-30f;
        for (float value : x.toArray()) {
            most = Math.max(most, value);
        }
        for (int row = 0; row < SmallImages.SIZE; row++) {
            StringBuilder line = new StringBuilder("  |");
            for (int column = 0; column < SmallImages.SIZE; column++) {
                float part = Math.max(0, x.array()[x.offset() + row * SmallImages.SIZE + column] / most);
                char shade = SHADES.charAt((int) (part * (SHADES.length() - 0.01)));
                line.append(shade).append(shade);
            }
            page.say("%s|", line);
        }
    }
}
