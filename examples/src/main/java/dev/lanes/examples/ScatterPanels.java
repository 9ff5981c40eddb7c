package dev.lanes.examples;

import dev.lanes.numerics.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The picture of clustered points of the plane: panels side by side, each the same points around other centres. */
final class ScatterPanels {
    private static final int SIDE = 300;
    private static final int SCALE = 2;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Color INK = new Color(0x333333);
    /** Told apart by people who see no difference between red and green, too (Okabe and Ito). */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xE69F00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xD55E00),
        new Color(0x999999)
    };

    /**
     * One panel.
     *
     * @param title what stands above it
     * @param centres {@code [k, 2]}; every point takes the colour of the nearest
     */
    record Panel(String title, Tensor centres) {}

    private ScatterPanels() {}

    /** Draws points {@code [n, 2]} in panels, so many a row. */
    static BufferedImage draw(Tensor points, List<Panel> panels, int columns) {
        int rows = (panels.size() + columns - 1) / columns;
        BufferedImage image =
                new BufferedImage(columns * SIDE * SCALE, rows * SIDE * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(SCALE, SCALE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, columns * SIDE, rows * SIDE);
        for (int i = 0; i < panels.size(); i++) {
            Graphics2D at = (Graphics2D) g.create();
            at.translate(i % columns * SIDE, i / columns * SIDE);
            chart(points, panels.get(i)).paint(at, SIDE, SIDE);
            at.dispose();
        }
        g.dispose();
        return image;
    }

    private static XYChart chart(Tensor points, Panel panel) {
        XYChart chart = new XYChart(SIDE, SIDE);
        chart.setTitle(panel.title);
        chart.getStyler()
                .setBaseFont(FONT)
                .setChartFontColor(INK)
                .setChartTitleFont(FONT.deriveFont(Font.BOLD, 13f))
                .setChartTitleBoxVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setChartPadding(8)
                .setLegendVisible(false)
                .setLocale(Locale.ROOT);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setAxisTicksVisible(false)
                .setPlotGridLinesVisible(false)
                .setPlotBorderColor(new Color(0xDDDDDD));
        int k = panel.centres.shape().dim(0);
        int n = points.shape().dim(0);
        int[] nearest = nearest(points, panel.centres);
        for (int c = 0; c < k; c++) {
            int cluster = c;
            int[] members =
                    IntStream.range(0, n).filter(i -> nearest[i] == cluster).toArray();
            if (members.length > 0) {
                add(chart, "cluster " + c, points, members, COLOURS[c % COLOURS.length], false);
            }
        }
        int[] all = IntStream.range(0, k).toArray();
        add(chart, "centres", panel.centres, all, Color.BLACK, true);
        return chart;
    }

    private static void add(XYChart chart, String name, Tensor points, int[] which, Color colour, boolean centre) {
        double[] x = new double[which.length];
        double[] y = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            x[i] = points.get(which[i], 0);
            y[i] = points.get(which[i], 1);
        }
        var series = chart.addSeries(name, x, y);
        series.setMarker(centre ? SeriesMarkers.CROSS : SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
        series.setLineStyle(new BasicStroke(centre ? 4 : 1));
    }

    private static int[] nearest(Tensor points, Tensor centres) {
        int[] nearest = new int[points.shape().dim(0)];
        for (int i = 0; i < nearest.length; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.shape().dim(0); c++) {
                double dx = points.get(i, 0) - centres.get(c, 0);
                double dy = points.get(i, 1) - centres.get(c, 1);
                if (dx * dx + dy * dy < best) {
                    best = dx * dx + dy * dy;
                    nearest[i] = c;
                }
            }
        }
        return nearest;
    }
}
