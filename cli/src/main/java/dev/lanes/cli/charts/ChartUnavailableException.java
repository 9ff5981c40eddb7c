package dev.lanes.cli.charts;

import java.io.IOException;

/**
 * Thrown where this machine cannot draw text: a JDK without the desktop libraries, or a system without any font.
 *
 * <p>Nobody should lose a trained network for want of a picture: callers say so in a line and go on.
 */
public final class ChartUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    /** Says which picture cannot be drawn, why, and what would help. */
    ChartUnavailableException(String picture, Throwable cause) {
        super(
                "cannot draw " + picture + " (" + rootOf(cause)
                        + "); where fonts are missing, install some, for example:"
                        + " apt install fontconfig fonts-dejavu-core",
                cause);
    }

    private static String rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
