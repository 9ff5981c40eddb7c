package dev.lanes.cli.progress;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a piece of work has come: a moving bar with the time left on a terminal, and one line at its end everywhere.
 *
 * <p>Where the output is not a terminal, and where {@code NO_COLOR}, {@code CI} or {@code TERM=dumb} is set, there is only
 * that line, so that logs stay readable.
 *
 * <pre>{@code
 * try (var progress = Progress.start("epoch 1/10", images)) {
 *     while (...) {
 *         progress.step(batch).message("loss 0.31");
 *     }
 *     progress.message("loss 0.28, accuracy 0.91");
 * } // prints: epoch 1/10  2.4 s  loss 0.28, accuracy 0.91
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 100;

    private final String task;
    private final long total;
    private final PrintStream out;
    private final Line line;
    private final ProgressBar bar;
    private final long begin = System.nanoTime();
    private long done;
    private String message = "";

    /** With {@code columns} 0 there is no bar. */
    Progress(String task, long total, PrintStream out, int columns) {
        this.task = task;
        this.total = total;
        this.out = out;
        line = columns == 0 ? null : new Line(out, columns);
        bar = columns == 0 ? null : bar(task, total, out, line);
    }

    /**
     * Begins a piece of work, told about on the output stream.
     *
     * @param task what is done, for people
     * @param total how many steps there are
     */
    public static Progress start(String task, long total) {
        return new Progress(task, total, System.out, Terminal.columns());
    }

    /** Counts {@code n} more steps as done. */
    public Progress step(long n) {
        done += n;
        if (bar != null) {
            bar.stepBy(n);
        }
        return this;
    }

    /** Sets what is shown behind the bar, and at the end of the line that is left of it. */
    public Progress message(String text) {
        message = text;
        if (bar != null) {
            bar.setExtraMessage(text);
        }
        return this;
    }

    /** Ends the work: takes the bar away and, if all steps were done, prints the line. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            line.clear(); // the bar itself would forget to where it was open for an instant only
        }
        if (done >= total) {
            double seconds = (System.nanoTime() - begin) * 1e-9;
            out.println(String.format(Locale.ROOT, "%s  %.1f s  %s", task, seconds, message)
                    .stripTrailing());
            out.flush();
        }
    }

    private static ProgressBar bar(String task, long total, PrintStream out, Line line) {
        boolean unicode = out.charset().equals(StandardCharsets.UTF_8);
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(line)
                .build();
    }

    /**
     * The line the bar is drawn in.
     *
     * <p>Knows its length: the library would load its own terminal library, with native code, to ask for it.
     */
    private static final class Line extends ConsoleProgressBarConsumer {
        private final PrintStream out;
        private final int columns;

        Line(PrintStream out, int columns) {
            super(out, columns - 1);
            this.out = out;
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns - 1;
        }

        @Override
        public void accept(String text) {
            super.accept(text);
            out.flush();
        }

        @Override
        public void clear() {
            out.print("\r" + " ".repeat(columns - 1) + "\r");
            out.flush();
        }

        /** The usual one begins a new line, and so would leave an empty one. */
        @Override
        public void close() {}
    }
}
