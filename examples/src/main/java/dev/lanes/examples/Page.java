package dev.lanes.examples;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** Where an example writes, and the engine it computes with. For one thread. */
public final class Page {
    /** What lines begin with that differ from run to run. */
    public static final String MEASURED = "measured: ";

    private final PrintWriter out;
    private final Engine engine;
    private final Path folder;

    /**
     * Makes a page.
     *
     * @param out where text goes
     * @param engine what computes
     * @param folder where pictures go; made when the first is written
     */
    public Page(PrintWriter out, Engine engine, Path folder) {
        this.out = Objects.requireNonNull(out, "out");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** Returns what computes. */
    public Engine engine() {
        return engine;
    }

    /** Prints a line, formatted as {@link String#format} does. */
    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    /** Prints a line about this run on this machine. */
    void measured(String format, Object... values) {
        say(MEASURED + format, values);
    }

    /** Prints a matrix, or the first image and channel of {@code [batch, height, width, channels]}, row by row. */
    void matrix(String format, Tensor x) {
        boolean image = x.shape().rank() == 4;
        for (int r = 0; r < x.shape().dim(image ? 1 : 0); r++) {
            StringBuilder line = new StringBuilder("  ");
            for (int c = 0; c < x.shape().dim(image ? 2 : 1); c++) {
                line.append(String.format(Locale.ROOT, format, image ? x.get(0, r, c, 0) : x.get(r, c)));
            }
            say("%s", line);
        }
    }

    /** Draws and writes a picture, and says where; one that this machine cannot draw, for want of fonts, costs a line. */
    void picture(String name, Supplier<BufferedImage> drawing) throws IOException {
        BufferedImage image;
        try {
            image = drawing.get();
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw e;
        } catch (RuntimeException | Error e) { // where fonts or their libraries are missing the JDK throws any of these
            measured("no picture %s: text cannot be drawn here (%s)", name, e);
            return;
        }
        Files.createDirectories(folder);
        if (!ImageIO.write(image, "png", folder.resolve(name).toFile())) {
            throw new IOException(name + ": this JDK cannot write PNG");
        }
        say("picture: %s", name);
    }
}
