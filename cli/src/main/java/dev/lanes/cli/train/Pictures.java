package dev.lanes.cli.train;

import dev.lanes.cli.charts.ConfusionMatrixPicture;
import dev.lanes.cli.charts.FiltersPicture;
import dev.lanes.cli.charts.LossCurve;
import dev.lanes.layers.metrics.ConfusionMatrix;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The pictures of a training. One that cannot be drawn costs a line of warning, not the model. */
final class Pictures {
    private final Path folder;
    private final PrintWriter err;

    Pictures(Path folder, PrintWriter err) {
        this.folder = folder;
        this.err = err;
    }

    private interface Drawing {
        void draw(Path file) throws IOException;
    }

    void draw(List<EpochReport> epochs, ConfusionMatrix confusion, Sequential network) {
        attempt(
                "loss.png",
                file -> LossCurve.write(
                        file,
                        column(epochs, EpochReport::trainLoss),
                        column(epochs, e -> e.validation().orElseThrow().loss()),
                        column(epochs, EpochReport::trainAccuracy),
                        column(epochs, e -> e.validation().orElseThrow().accuracy())));
        attempt("confusion.png", file -> ConfusionMatrixPicture.write(file, counts(confusion), confusion.classNames()));
        Optional<Conv2d> first = firstConvolution(network);
        if (first.isPresent()) {
            Tensor weights = first.get().weight().value();
            Shape shape = weights.shape();
            attempt(
                    "filters.png",
                    file -> FiltersPicture.write(
                            file, weights.toArray(), shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3)));
        }
    }

    private static Optional<Conv2d> firstConvolution(Sequential network) {
        for (Sequential.Child child : network.children()) {
            Optional<Conv2d> found = switch (child.layer()) {
                case Conv2d conv -> Optional.of(conv);
                case Sequential inner -> firstConvolution(inner);
                default -> Optional.empty();
            };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void attempt(String name, Drawing drawing) {
        try {
            drawing.draw(folder.resolve(name));
        } catch (IOException e) {
            err.println("lanes: no picture " + name + ": " + e.getMessage());
        }
    }

    private static double[] column(List<EpochReport> epochs, ToDoubleFunction<EpochReport> value) {
        return epochs.stream().mapToDouble(value).toArray();
    }

    private static int[][] counts(ConfusionMatrix confusion) {
        int classes = confusion.classNames().size();
        int[][] counts = new int[classes][classes];
        for (int actual = 0; actual < classes; actual++) {
            for (int predicted = 0; predicted < classes; predicted++) {
                counts[actual][predicted] = Math.toIntExact(confusion.count(actual, predicted));
            }
        }
        return counts;
    }
}
