package dev.lanes.numerics;

/** Thrown when a backend that was asked for by name cannot be used here; says why, and what to do about it. */
public final class BackendUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String backend;
    private final String reason;
    private final String remedy;

    /**
     * @param backend the name that was asked for
     * @param reason why it cannot be used
     * @param remedy what would make it usable
     */
    public BackendUnavailableException(String backend, String reason, String remedy) {
        super("backend \"" + backend + "\" is unavailable: " + reason + "; " + remedy);
        this.backend = backend;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Returns the name that was asked for. */
    public String backend() {
        return backend;
    }

    /** Returns why the backend cannot be used. */
    public String reason() {
        return reason;
    }

    /** Returns what would make it usable. */
    public String remedy() {
        return remedy;
    }
}
