package dev.lanes.cli.charts;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A picture of small pictures: rows of tiles, each with a caption, each row with a label at its left. */
public final class TilesPicture {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font TITLE = FONT.deriveFont(Font.BOLD, 15f);
    private static final Color INK = new Color(0x333333);
    private static final Color FRAME = new Color(0xBBBBBB);
    private static final int SMALL = 84;
    private static final int LARGE = 200;
    private static final int GAP = 10;
    private static final int CAPTION = 16;
    private static final int HEAD = 58;

    /** What values become which grey. */
    public enum Scale {
        /** 0 is black and 1 white, as in the picture given. */
        IMAGE,
        /** 0 is black and the highest value white. */
        POSITIVE,
        /** 0 is mid-grey, and plus and minus the largest value are white and black. */
        SIGNED
    }

    /**
     * One small picture.
     *
     * @param pixels {@code [height, width, channels]}; three channels are red, green and blue
     * @param scale what its values become
     * @param caption what stands below
     */
    public record Tile(Tensor pixels, Scale scale, String caption) {}

    /**
     * Tiles side by side.
     *
     * @param label what stands at their left; may be empty
     * @param tiles the tiles
     */
    public record Row(String label, List<Tile> tiles) {}

    private TilesPicture() {}

    /**
     * Writes the picture.
     *
     * @param title what it shows
     * @param explanation how to read it, in one line
     * @throws ChartUnavailableException where this machine cannot draw text
     * @throws IOException where the file cannot be written
     */
    public static void write(Path file, String title, String explanation, List<Row> rows) throws IOException {
        int columns = rows.stream().mapToInt(row -> row.tiles.size()).max().orElse(0);
        int label = rows.stream().mapToInt(row -> row.label.length()).max().orElse(0) * 7;
        int side = columns <= 4 ? LARGE : SMALL;
        int left = GAP + (label == 0 ? 0 : label + GAP);
        int pitch = side + CAPTION + GAP;
        int text = 2 * GAP + 7 * Math.max(explanation.length(), title.length() * 3 / 2);
        int width = Math.max(left + columns * (side + GAP), text);
        int height = HEAD + rows.size() * pitch + GAP;
        Png.draw(file, width, height, g -> {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, width, height);
            g.setColor(INK);
            g.setFont(TITLE);
            g.drawString(title, GAP, 24);
            g.setFont(FONT);
            g.drawString(explanation, GAP, 42);
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            for (int r = 0; r < rows.size(); r++) {
                int y = HEAD + r * pitch;
                g.setColor(INK);
                g.drawString(rows.get(r).label, GAP, y + side / 2 + 4);
                for (int c = 0; c < rows.get(r).tiles.size(); c++) {
                    paint(g, rows.get(r).tiles.get(c), left + c * (side + GAP), y, side);
                }
            }
        });
    }

    /** Paints a tile in the middle of its square, as large as fits. */
    private static void paint(Graphics2D g, Tile tile, int x, int y, int side) {
        BufferedImage image = image(tile);
        int longest = Math.max(image.getHeight(), image.getWidth());
        int w = side * image.getWidth() / longest;
        int h = side * image.getHeight() / longest;
        int atX = x + (side - w) / 2;
        int atY = y + (side - h) / 2;
        g.drawImage(image, atX, atY, w, h, null);
        g.setColor(FRAME);
        g.drawRect(atX, atY, w, h);
        g.setColor(INK);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(tile.caption, x + (side - metrics.stringWidth(tile.caption)) / 2, y + side + CAPTION - 3);
    }

    private static BufferedImage image(Tile tile) {
        Tensor pixels = tile.pixels;
        Shape shape = pixels.shape();
        if (shape.rank() != 3 || shape.elements() == 0 || (shape.dim(2) != 1 && shape.dim(2) != 3)) {
            throw new IllegalArgumentException(
                    "tiles: a tile is " + shape + ", needs [height, width, 1] or [height, width, 3]");
        }
        float most = 0;
        for (float value : pixels.toArray()) {
            most = Math.max(most, Math.abs(value));
        }
        BufferedImage image = new BufferedImage(shape.dim(1), shape.dim(0), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < shape.dim(0); y++) {
            for (int x = 0; x < shape.dim(1); x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    rgb = rgb << 8 | level(pixels.get(y, x, c % shape.dim(2)), tile.scale, most);
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static int level(float value, Scale scale, float most) {
        float part = switch (scale) {
            case IMAGE -> value;
            case POSITIVE -> most == 0 ? 0 : value / most;
            case SIGNED -> most == 0 ? 0.5f : 0.5f + 0.5f * value / most;
        };
        return Math.clamp(Math.round(255 * part), 0, 255); // what is no number becomes 0
    }
}
