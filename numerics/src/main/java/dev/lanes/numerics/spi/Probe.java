package dev.lanes.numerics.spi;

import java.util.Objects;

/**
 * What a backend says when it is asked whether it can be used here.
 *
 * @param available whether it can
 * @param reason what it found (width, version), or why it cannot be used
 * @param remedy what would make it usable; empty where it is
 */
public record Probe(boolean available, String reason, String remedy) {
    /** Neither text may be null. */
    public Probe {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(remedy);
    }

    /** Returns the answer of a backend that can be used, and what it found. */
    public static Probe usable(String found) {
        return new Probe(true, found, "");
    }

    /** Returns the answer of a backend that cannot be used here. */
    public static Probe unusable(String reason, String remedy) {
        return new Probe(false, reason, remedy);
    }
}
