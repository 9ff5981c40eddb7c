package dev.lanes.bench.contestants;

/** A peer cannot be run here; the message says why and what would help. */
public final class MissingPeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public MissingPeerException(String reason) {
        super(reason);
    }

    /** With the reason, and what was thrown. */
    public MissingPeerException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
