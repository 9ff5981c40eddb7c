package dev.lanes.openblas;

import dev.lanes.numerics.spi.Probe;

/** The OpenBLAS of this JVM, looked for once. */
final class Loaded {
    private static final Loaded FOUND = look();

    private final OpenBlasLibrary library;
    private final Probe probe;

    private Loaded(OpenBlasLibrary library, Probe probe) {
        this.library = library;
        this.probe = probe;
    }

    /** Returns whether there is one, which, or why not. */
    static Probe probe() {
        return FOUND.probe;
    }

    /** Returns the library; only where the probe says that it can be used. */
    static OpenBlasLibrary library() {
        if (FOUND.library == null) {
            throw new IllegalStateException(FOUND.probe.reason() + "; " + FOUND.probe.remedy());
        }
        return FOUND.library;
    }

    private static Loaded look() {
        Module module = Loaded.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            return none(
                    "this JVM was started without native access",
                    "start Java with --enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
        }
        String file = System.getProperty(LibrarySearch.PROPERTY);
        try {
            OpenBlasLibrary library = LibrarySearch.ofThisProgram().find(file);
            return new Loaded(library, Probe.usable(describe(library)));
        } catch (Refused e) {
            return none(
                    e.getMessage(),
                    file != null
                            ? "name another file, or leave the property out"
                            : "add " + NativeJar.COORDINATES + ":"
                                    + Platform.here().name()
                                    + " to the class path, or install OpenBLAS, or name its file with -D"
                                    + LibrarySearch.PROPERTY + "=FILE");
        } catch (RuntimeException | LinkageError e) { // an odd platform, whatever it is: the reason reaches the user
            return none("looking for OpenBLAS failed: " + e, "use the backend vector, which needs no library");
        }
    }

    private static Loaded none(String reason, String remedy) {
        return new Loaded(null, Probe.unusable(reason, remedy));
    }

    private static String describe(OpenBlasLibrary library) {
        // The variable makes OpenBLAS run the kernels of another processor, at half the speed, without a word.
        String forced = System.getenv("OPENBLAS_CORETYPE");
        return library.config() + ", kernels for " + library.core()
                + (forced == null || forced.isBlank() ? "" : " (forced by OPENBLAS_CORETYPE=" + forced + ")")
                + ", from " + library.location();
    }
}
