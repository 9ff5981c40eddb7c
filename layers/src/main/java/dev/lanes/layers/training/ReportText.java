package dev.lanes.layers.training;

import dev.lanes.layers.metrics.ConfusionMatrix;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Reports of epochs as lines of numbers, exactly, and back. */
final class ReportText {
    private ReportText() {}

    static String write(EpochReport report) {
        StringJoiner line = new StringJoiner(" ");
        line.add(Integer.toString(report.epoch())).add(Integer.toString(report.epochs()));
        line.add(Double.toString(report.learningRate()));
        line.add(Double.toString(report.trainLoss())).add(Double.toString(report.trainAccuracy()));
        report.validation().ifPresent(score -> {
            line.add(Double.toString(score.loss())).add(Double.toString(score.accuracy()));
            int classes = score.confusion().classNames().size();
            for (int actual = 0; actual < classes; actual++) {
                for (int predicted = 0; predicted < classes; predicted++) {
                    line.add(Long.toString(score.confusion().count(actual, predicted)));
                }
            }
        });
        return line.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the line is not of that form
     */
    static EpochReport read(String line, List<String> classNames) {
        String[] words = line.split(" ");
        int classes = classNames.size();
        try {
            if (words.length != 5 && words.length != 7 + classes * classes) {
                throw new IllegalArgumentException("there are " + words.length + " numbers");
            }
            Optional<Score> validation = Optional.empty();
            if (words.length > 5) {
                ConfusionMatrix confusion = new ConfusionMatrix(classNames);
                for (int i = 0; i < classes * classes; i++) {
                    confusion.add(i / classes, i % classes, Long.parseLong(words[7 + i]));
                }
                validation =
                        Optional.of(new Score(Double.parseDouble(words[5]), Double.parseDouble(words[6]), confusion));
            }
            return new EpochReport(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]),
                    validation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "resume: \"" + line + "\" is no report of an epoch with " + classes + " classes: " + e.getMessage(),
                    e);
        }
    }
}
