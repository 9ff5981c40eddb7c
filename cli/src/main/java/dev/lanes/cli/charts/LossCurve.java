package dev.lanes.cli.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The picture of a training: loss and accuracy, epoch by epoch, on the training and the validation set. */
public final class LossCurve {
    private static final int WIDTH = 900;
    private static final int PANEL = 320;
    private static final int LEGEND = 40;

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final BasicStroke STROKE = new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final Color INK = new Color(0x333333);
    private static final Color GRID = new Color(0xE4E4E4);

    /** Blue and vermilion are told apart by people who see no difference between red and green. */
    private enum Line {
        TRAINING("training", new Color(0x0072B2)),
        VALIDATION("validation", new Color(0xD55E00));

        private final String title;
        private final Color colour;

        Line(String title, Color colour) {
            this.title = title;
            this.colour = colour;
        }
    }

    private LossCurve() {}

    /**
     * Writes the picture: the loss above, the accuracy below, one point an epoch beginning with epoch 1.
     *
     * <p>All four arrays have one value an epoch; values that are not finite are left out.
     *
     * @throws ChartUnavailableException where this machine cannot draw text
     * @throws IOException where the file cannot be written
     */
    public static void write(
            Path file, double[] trainLoss, double[] validationLoss, double[] trainAccuracy, double[] validationAccuracy)
            throws IOException {
        int epochs = trainLoss.length;
        for (double[] values : new double[][] {validationLoss, trainAccuracy, validationAccuracy}) {
            if (values.length != epochs || epochs == 0) {
                throw new IllegalArgumentException("loss curve: needs four arrays of one length >= 1, but got lengths "
                        + epochs + ", " + validationLoss.length + ", " + trainAccuracy.length + " and "
                        + validationAccuracy.length);
            }
        }
        Png.draw(file, WIDTH, LEGEND + 2 * PANEL, g -> {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, WIDTH, LEGEND + 2 * PANEL);
            paintLegend(g);
            g.translate(0, LEGEND);
            double most = highest(trainLoss, validationLoss);
            panel("Loss", trainLoss, validationLoss, 0, most > 0 ? most * 1.05 : 1, LossCurve::plain)
                    .paint(g, WIDTH, PANEL);
            g.translate(0, PANEL);
            double least = -highest(map(trainAccuracy, v -> -v), map(validationAccuracy, v -> -v));
            XYChart accuracy =
                    panel("Accuracy", trainAccuracy, validationAccuracy, floorOf(least), 1, v -> plain(100 * v) + " %");
            accuracy.setXAxisTitle("epoch");
            accuracy.paint(g, WIDTH, PANEL);
        });
    }

    /** Drawn by hand: in a legend of XChart, names with and without descenders stand at different heights. */
    private static void paintLegend(Graphics2D g) {
        g.setFont(FONT);
        int x = 78;
        for (Line line : Line.values()) {
            g.setColor(line.colour);
            g.setStroke(STROKE);
            g.drawLine(x, LEGEND - 8, x + 28, LEGEND - 8);
            g.fillOval(x + 11, LEGEND - 11, 7, 7);
            g.setColor(INK);
            g.drawString(line.title, x + 36, LEGEND - 3);
            x += 120;
        }
    }

    private static XYChart panel(
            String title,
            double[] train,
            double[] validation,
            double low,
            double high,
            Function<Double, String> label) {
        var chart = new XYChart(WIDTH, PANEL);
        chart.setTitle(title);
        int epochs = train.length;
        var styler = chart.getStyler();
        styler.setBaseFont(FONT)
                .setChartFontColor(INK)
                .setChartTitleFont(FONT.deriveFont(Font.BOLD, 15f))
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(12)
                .setChartBackgroundColor(Color.WHITE)
                .setChartPadding(14)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setPlotContentSize(0.96)
                .setYAxisLeftWidthHint(64)
                .setMarkerSize(epochs <= 40 ? 7 : 0)
                .setLegendVisible(false)
                .setLocale(Locale.ROOT);
        styler.setAxisTickLabelsFont(FONT)
                .setAxisTitleFont(FONT)
                .setYAxisLabelAlignment(TextAlignment.Right)
                .setAxisTickLabelsColor(INK)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotGridVerticalLinesVisible(false)
                .setAxisTicksLineVisible(false)
                .setAxisTickMarksColor(GRID)
                .setYAxisMin(low)
                .setYAxisMax(high)
                .setYAxisTickMarkSpacingHint(44)
                .setXAxisMin(epochs == 1 || epochs > 15 ? 0.0 : 1.0)
                .setXAxisMax(epochs == 1 ? 2.0 : (double) epochs)
                .setXAxisDecimalPattern("0")
                // No closer than one epoch: it has no half.
                .setXAxisTickMarkSpacingHint(Math.max(70, (WIDTH - 100) / Math.max(3, epochs)));
        chart.setCustomYAxisTickLabelsFormatter(label);

        // Of evenly spaced points XChart marks every n-th, whatever n comes to. One more point, which has no value and
        // stands at an odd place, makes it choose round numbers.
        double[] x = IntStream.rangeClosed(0, epochs).asDoubleStream().toArray();
        x[0] = 1.3;
        add(chart, Line.TRAINING, x, train);
        add(chart, Line.VALIDATION, x, validation);
        return chart;
    }

    private static void add(XYChart chart, Line line, double[] x, double[] y) {
        double[] shown = new double[x.length];
        shown[0] = Double.NaN;
        for (int i = 1; i < x.length; i++) {
            shown[i] = Double.isFinite(y[i - 1]) ? y[i - 1] : Double.NaN;
        }
        var series = chart.addSeries(line.title, x, shown);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(line.colour);
        series.setLineColor(line.colour);
        series.setLineStyle(STROKE);
    }

    private static double highest(double[] a, double[] b) {
        return Arrays.stream(new double[][] {a, b})
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** Where the accuracy axis begins: the whole of it for a slow learner, the upper end of it for a quick one. */
    private static double floorOf(double accuracy) {
        for (double floor : new double[] {0.95, 0.9, 0.8, 0.5}) {
            if (accuracy > floor) {
                return floor;
            }
        }
        return 0;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static double[] map(double[] values, DoubleUnaryOperator f) {
        return Arrays.stream(values).map(f).toArray();
    }
}
