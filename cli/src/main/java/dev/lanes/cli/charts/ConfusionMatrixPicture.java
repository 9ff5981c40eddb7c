package dev.lanes.cli.charts;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The picture of a confusion matrix: a row a true class, a column a predicted class.
 *
 * <p>Right answers are blue, errors orange, and both darken with the logarithm of their count, so that a handful of errors
 * is seen beside hundreds of right answers. The last column is the share of each true class that was recognised.
 */
public final class ConfusionMatrixPicture {
    private static final Color INK = new Color(0x333333);
    private static final Color FAINT = new Color(0x777777);
    private static final Color GRID = new Color(0xDDDDDD);
    private static final Color RIGHT = new Color(0x08519C);
    private static final Color WRONG = new Color(0xC2410C);
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font BOLD = FONT.deriveFont(Font.BOLD, 15f);

    private static final int MARGIN = 20;
    private static final int TITLE = 40;
    private static final int AXIS_TITLE = 26;
    private static final int SHARES = 84;

    private final int[][] counts;
    private final List<String> names;
    private final int most;
    private final int cell;
    private final int labelLength;
    private final boolean labelsLieFlat;
    private final int left;
    private final int top;
    private final int side;

    private ConfusionMatrixPicture(int[][] counts, List<String> names) {
        this.counts = counts;
        this.names = names;
        int classes = counts.length;
        most = Arrays.stream(counts).flatMapToInt(IntStream::of).max().orElse(0);
        cell = Math.clamp(780 / classes, 8, classes < 5 ? 90 : 54);
        side = cell * classes;
        // A guess at the length of the longest name, on the safe side; a longer one is cut.
        int longest = names.stream().mapToInt(String::length).max().orElse(1);
        labelLength = Math.min(150, 14 + 8 * longest);
        labelsLieFlat = labelLength <= cell;
        left = MARGIN + AXIS_TITLE + labelLength;
        top = MARGIN + TITLE + AXIS_TITLE + (labelsLieFlat ? 24 : labelLength);
    }

    /**
     * Writes the picture.
     *
     * @param counts how often each true class (row) was taken for each class (column)
     * @param classNames the name of each class, in the order of rows and columns
     * @throws ChartUnavailableException where this machine cannot draw text
     * @throws IOException where the file cannot be written
     */
    public static void write(Path file, int[][] counts, List<String> classNames) throws IOException {
        int classes = counts.length;
        boolean square = Arrays.stream(counts).allMatch(row -> row.length == classes);
        if (classes == 0 || !square || classNames.size() != classes) {
            throw new IllegalArgumentException("confusion matrix: needs a square of counts and a name for each class,"
                    + " but got " + classes + " rows and " + classNames.size() + " names");
        }
        var picture = new ConfusionMatrixPicture(counts, classNames);
        Png.draw(file, picture.width(), picture.top + picture.side + MARGIN, picture::paint);
    }

    private int width() {
        return Math.max(left + side + SHARES + MARGIN, 440);
    }

    private void paint(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width(), top + side + MARGIN);
        paintTitles(g);
        for (int i = 0; i < counts.length; i++) {
            paintLabels(g, i);
            paintShare(g, i);
            for (int j = 0; j < counts.length; j++) {
                paintCell(g, i, j);
            }
        }
        g.setColor(GRID);
        for (int i = 0; i <= counts.length; i++) {
            g.drawLine(left, top + i * cell, left + side, top + i * cell);
            g.drawLine(left + i * cell, top, left + i * cell, top + side);
        }
    }

    private void paintTitles(Graphics2D g) {
        long total =
                Arrays.stream(counts).flatMapToInt(IntStream::of).asLongStream().sum();
        long right =
                IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
        String title = total == 0
                ? "Nothing was classified"
                : String.format(Locale.ROOT, "%d of %d right: accuracy %.2f %%", right, total, 100.0 * right / total);
        g.setColor(INK);
        g.setFont(BOLD);
        int half = g.getFontMetrics().stringWidth(title) / 2;
        centred(g, title, Math.max(left + side / 2, MARGIN + half), MARGIN + TITLE / 2);
        g.setFont(FONT);
        centred(g, "predicted class", left + side / 2, MARGIN + TITLE + AXIS_TITLE / 2);
        centred(g, "right", left + side + SHARES / 2 + 6, labelsLieFlat ? top - 12 : top - 14);
        upwards(g, "true class", MARGIN + AXIS_TITLE / 2, top + side / 2, true);
    }

    private void paintLabels(Graphics2D g, int i) {
        int centre = i * cell + cell / 2;
        g.setColor(INK);
        g.setFont(sized(cell - 2));
        FontMetrics metrics = g.getFontMetrics();
        String name = cut(names.get(i), metrics, labelLength - 12);
        g.drawString(name, left - 8 - metrics.stringWidth(name), baseline(metrics, top + centre));
        if (labelsLieFlat) {
            centred(g, name, left + centre, top - 12);
        } else {
            upwards(g, name, left + centre, top - 8, false);
        }
    }

    private void paintShare(Graphics2D g, int i) {
        long ofClass = IntStream.of(counts[i]).asLongStream().sum();
        if (ofClass > 0) {
            g.setColor(FAINT);
            g.setFont(sized(cell - 2));
            String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * counts[i][i] / ofClass);
            int end = left + side + SHARES - 8;
            FontMetrics metrics = g.getFontMetrics();
            g.drawString(share, end - metrics.stringWidth(share), baseline(metrics, top + i * cell + cell / 2));
        }
    }

    private void paintCell(Graphics2D g, int i, int j) {
        int count = counts[i][j];
        if (count == 0) {
            return;
        }
        double depth = most == 1 ? 1 : 0.15 + 0.85 * Math.log(count) / Math.log(most);
        g.setColor(mixed(i == j ? RIGHT : WRONG, depth));
        g.fillRect(left + j * cell, top + i * cell, cell, cell);
        String text = String.valueOf(count);
        int size = Math.min(cell - 2, (cell - 4) * 3 / (2 * text.length())); // a digit is two thirds as wide as high
        if (size >= 7) {
            g.setFont(sized(size));
            g.setColor(depth > 0.78 ? Color.WHITE : INK);
            centred(g, text, left + j * cell + cell / 2, top + i * cell + cell / 2);
        }
    }

    private static Font sized(int size) {
        return FONT.deriveFont((float) Math.min(FONT.getSize(), size));
    }

    private static Color mixed(Color color, double depth) {
        return new Color(
                (int) Math.round(255 + depth * (color.getRed() - 255)),
                (int) Math.round(255 + depth * (color.getGreen() - 255)),
                (int) Math.round(255 + depth * (color.getBlue() - 255)));
    }

    private static String cut(String text, FontMetrics metrics, int width) {
        String shown = text;
        for (int n = text.length() - 1; n > 0 && metrics.stringWidth(shown) > width; n--) {
            shown = text.substring(0, n) + "...";
        }
        return shown;
    }

    private static int baseline(FontMetrics metrics, int centre) {
        return centre + (metrics.getAscent() - metrics.getDescent()) / 2;
    }

    private static void centred(Graphics2D g, String text, int x, int y) {
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(text, x - metrics.stringWidth(text) / 2f, baseline(metrics, y));
    }

    /** Draws text that reads from below: centred on y, or beginning there. */
    private static void upwards(Graphics2D g, String text, int x, int y, boolean centred) {
        FontMetrics metrics = g.getFontMetrics();
        Graphics2D turned = (Graphics2D) g.create();
        turned.translate(x, y);
        turned.rotate(-Math.PI / 2);
        turned.drawString(text, centred ? -metrics.stringWidth(text) / 2f : 0, baseline(metrics, 0));
        turned.dispose();
    }
}
