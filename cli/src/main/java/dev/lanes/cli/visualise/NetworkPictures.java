package dev.lanes.cli.visualise;

import dev.lanes.cli.charts.FiltersPicture;
import dev.lanes.cli.charts.TilesPicture;
import dev.lanes.cli.charts.TilesPicture.Row;
import dev.lanes.cli.charts.TilesPicture.Scale;
import dev.lanes.cli.charts.TilesPicture.Tile;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.visualise.Activations;
import dev.lanes.layers.visualise.Deconvnet;
import dev.lanes.layers.visualise.ReceptiveField;
import dev.lanes.layers.visualise.Saliency;
import dev.lanes.layers.visualise.TopActivations;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The pictures of what is inside a network; each method writes one. */
final class NetworkPictures {
    private static final int COLUMNS = 8;
    private static final int FEATURES = 8;
    private static final int HITS = 9;

    private final Sequential network;
    private final Tensor image;
    private final Activations seen;
    private final Engine engine;

    NetworkPictures(Sequential network, Tensor image, Engine engine) {
        this.network = network;
        this.image = image;
        this.seen = Activations.of(network, image, engine);
        this.engine = engine;
    }

    /** Returns the names of the layers whose maps are shown: the rectifiers behind convolutions. */
    List<String> layers() {
        return IntStream.range(0, seen.steps().size())
                .filter(i -> seen.steps().get(i).layer() instanceof ReLU
                        && seen.output(i).shape().rank() == 4)
                .mapToObj(i -> seen.steps().get(i).name())
                .toList();
    }

    /** The weights of the first convolution. */
    void filters(Path file) throws IOException {
        Optional<Conv2d> first = seen.steps().stream()
                .map(step -> step.layer())
                .filter(Conv2d.class::isInstance)
                .map(Conv2d.class::cast)
                .findFirst();
        if (first.isEmpty()) {
            throw new IOException("the network has no convolution");
        }
        Tensor w = first.get().weight().value();
        Shape shape = w.shape();
        FiltersPicture.write(file, w.toArray(), shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
    }

    /** All maps of a layer for the image. */
    void maps(Path file, String layer) throws IOException {
        int step = seen.indexOf(layer);
        Tensor maps = seen.output(step);
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(pixels(image), Scale.IMAGE, "image"));
        for (int c = 0; c < maps.shape().dim(3); c++) {
            tiles.add(new Tile(
                    map(maps, c), Scale.POSITIVE, caption(c, seen.peak(step, c).value())));
        }
        TilesPicture.write(
                file,
                "Feature maps of " + layer,
                "number of the feature: its highest value; each map from black, 0, to white, its highest value",
                rows(tiles));
    }

    /** For the features that answer most: where in the image, and what of it, by the deconvnet. */
    void projections(Path file, String layer) throws IOException {
        int step = seen.indexOf(layer);
        List<Tile> crops = new ArrayList<>();
        List<Tile> projections = new ArrayList<>();
        for (int c : strongest(step)) {
            var peak = seen.peak(step, c);
            ReceptiveField field = ReceptiveField.of(seen, step, peak.y(), peak.x());
            crops.add(new Tile(crop(pixels(image), field), Scale.IMAGE, caption(c, peak.value())));
            Tensor projected = pixels(Deconvnet.project(seen, step, c));
            projections.add(new Tile(crop(projected, field), Scale.SIGNED, ""));
        }
        TilesPicture.write(
                file,
                "What the strongest features of " + layer + " answer to in this image",
                "above the part of the image, below its projection by the deconvnet: mid-grey is 0",
                List.of(new Row("image", crops), new Row("projection", projections)));
    }

    /** For some features the crops of a data set that they answer to most, and their projections. */
    void top(Path file, String layer, Dataset data) throws IOException {
        int step = seen.indexOf(layer);
        TopActivations top = TopActivations.of(network, layer, data, HITS, engine);
        List<Row> rows = new ArrayList<>();
        for (int c : strongest(step)) {
            List<Tile> crops = new ArrayList<>();
            List<Tile> projections = new ArrayList<>();
            for (TopActivations.Hit hit : top.hits(c)) {
                Activations other = Activations.of(network, data.images().slice(hit.image(), hit.image() + 1), engine);
                var peak = hit.peak();
                ReceptiveField field = ReceptiveField.of(other, step, peak.y(), peak.x());
                String name = data.classNames().get(data.label(hit.image()));
                crops.add(new Tile(crop(data.image(hit.image()), field), Scale.IMAGE, name));
                projections.add(new Tile(crop(pixels(Deconvnet.project(other, step, c)), field), Scale.SIGNED, ""));
            }
            rows.add(new Row("feature " + c, crops));
            rows.add(new Row("projection", projections));
        }
        TilesPicture.write(
                file,
                "What " + layer + " answers to most in " + data.name(),
                "for each feature the " + HITS + " strongest crops, by class, and below them their projections",
                rows);
    }

    /** How much each pixel matters for a class. */
    void saliency(Path file, int classIndex, String className) throws IOException {
        Tensor map = Saliency.of(network, image, classIndex, engine);
        Shape shape = map.shape();
        Tensor tile = map.reshape(Shape.of(shape.dim(0), shape.dim(1), 1));
        float most = 0;
        for (float value : tile.toArray()) {
            most = Math.max(most, value);
        }
        float highest = most == 0 ? 1 : most;
        Tensor whole = pixels(image);
        int channels = whole.shape().dim(2);
        // The image in grey, and over it in red what matters.
        Tensor over = Tensor.generate(Shape.of(shape.dim(0), shape.dim(1), 3), i -> {
            float grey = 0;
            for (int c = 0; c < channels; c++) {
                grey += whole.array()[whole.offset() + i / 3 * channels + c] / channels;
            }
            float part = tile.array()[tile.offset() + i / 3] / highest;
            return (1 - part) * 0.6 * grey + (i % 3 == 0 ? part : 0);
        });
        TilesPicture.write(
                file,
                "Which pixels matter for \"" + className + "\"",
                "the size of the gradient of its score by each pixel, alone and in red over the image",
                List.of(new Row(
                        "",
                        List.of(
                                new Tile(whole, Scale.IMAGE, "image"),
                                new Tile(tile, Scale.POSITIVE, "saliency"),
                                new Tile(over, Scale.IMAGE, "both")))));
    }

    /** The features with the highest peaks, highest first. */
    private List<Integer> strongest(int step) {
        return IntStream.range(0, seen.output(step).shape().dim(3))
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -seen.peak(step, c).value()))
                .limit(FEATURES)
                .toList();
    }

    private static String caption(int channel, float value) {
        return String.format(Locale.ROOT, "%d: %.2f", channel, value);
    }

    private static List<Row> rows(List<Tile> tiles) {
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < tiles.size(); from += COLUMNS) {
            rows.add(new Row("", tiles.subList(from, Math.min(from + COLUMNS, tiles.size()))));
        }
        return rows;
    }

    /** {@code [1, height, width, channels]} without its first axis. */
    private static Tensor pixels(Tensor x) {
        return x.reshape(Shape.of(x.shape().dim(1), x.shape().dim(2), x.shape().dim(3)));
    }

    private static Tensor map(Tensor maps, int channel) {
        int channels = maps.shape().dim(3);
        return Tensor.generate(
                Shape.of(maps.shape().dim(1), maps.shape().dim(2), 1),
                i -> maps.array()[maps.offset() + i * channels + channel]);
    }

    private static Tensor crop(Tensor x, ReceptiveField field) {
        int channels = x.shape().dim(2);
        return Tensor.generate(
                Shape.of(field.height(), field.width(), channels),
                i -> x.get(
                        field.top() + i / channels / field.width(),
                        field.left() + i / channels % field.width(),
                        i % channels));
    }
}
