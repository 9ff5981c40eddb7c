package dev.lanes.child;

import dev.lanes.numerics.BackendUnavailableException;
import dev.lanes.numerics.Engine;

/** A user's program; in a package of its own, so that it can stand on the class path beside lanes on the module path. */
public final class AskForOpenBlas {
    private AskForOpenBlas() {}

    /** Prints whether the backend can be used, or why not. */
    public static void main(String[] args) {
        try (Engine engine = Engine.builder().backend("openblas").threads(1).build()) {
            System.out.println("available: " + engine.backend());
        } catch (BackendUnavailableException e) {
            System.out.println("unavailable: " + e.reason() + "; " + e.remedy());
        }
    }
}
