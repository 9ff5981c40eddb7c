package dev.lanes.cli.data;

/** Something to be done if the program is ended, by Ctrl-C for one, before this is closed. */
final class AtExit implements AutoCloseable {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    static AtExit run(Runnable action) {
        Thread hook = new Thread(action);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending already; whoever asked cleans up on the normal way.
        }
        return new AtExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the action is run.
        }
    }
}
