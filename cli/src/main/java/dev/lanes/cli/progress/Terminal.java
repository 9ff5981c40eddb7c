package dev.lanes.cli.progress;

import java.util.Map;

/** Whether somebody is watching, and how wide the screen is. */
final class Terminal {
    private static final int USUAL = 80;
    private static final int LEAST = 40;

    private Terminal() {}

    /** Returns the width of the terminal that is written to; 0 where it is none, or wants nothing that moves. */
    static int columns() {
        var console = System.console();
        return columns(console != null && console.isTerminal(), System.getenv());
    }

    static int columns(boolean terminal, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || !environment.getOrDefault("CI", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        if (!terminal || plain) {
            return 0;
        }
        // Set by the launcher.
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Math.max(LEAST, Integer.parseInt(columns)) : USUAL;
    }
}
