package dev.lanes.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Looks for OpenBLAS: in the file that {@code -Dlanes.openblas.path} names; in the native jar of {@code
 * org.bytedeco:openblas} on the class or module path; under its names in the system. The first that is OpenBLAS is
 * taken, and why the others were not is kept.
 *
 * <p>A file that was named is taken or refused: another library in its place would be a surprise. Libraries stay loaded
 * for the life of the JVM, refused ones too, because OpenBLAS has threads that run its code.
 */
final class LibrarySearch {
    /** The system property that names a file. */
    static final String PROPERTY = "lanes.openblas.path";

    private final Platform platform;
    private final NativeJar jar;
    private final Path cache;

    LibrarySearch(Platform platform, NativeJar jar, Path cache) {
        this.platform = platform;
        this.jar = jar;
        this.cache = cache;
    }

    /** Returns the search of this program. */
    static LibrarySearch ofThisProgram() {
        Platform platform = Platform.here();
        NativeJar jar = new NativeJar(platform, NativeJar.ofThisProgram(platform));
        return new LibrarySearch(platform, jar, cache(System::getProperty, System::getenv));
    }

    /**
     * Returns the folder for unpacked libraries: {@code lanes/native} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}, in
     * {@code ~/Library/Caches}, in {@code %LOCALAPPDATA%}.
     *
     * @param property reads a system property, or null
     * @param environment reads an environment variable, or null
     */
    static Path cache(UnaryOperator<String> property, UnaryOperator<String> environment) {
        Path home = Path.of(property.apply("user.home"));
        String system = property.apply("os.name").toLowerCase(Locale.ROOT);
        String chosen = environment.apply(system.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        Path caches = system.startsWith("windows")
                ? home.resolve("AppData").resolve("Local")
                : home.resolve(system.startsWith("mac") ? "Library/Caches" : ".cache");
        if (chosen != null && !chosen.isBlank() && Path.of(chosen).isAbsolute()) { // the XDG rules ignore relative ones
            caches = Path.of(chosen);
        }
        return caches.resolve("lanes").resolve("native");
    }

    /**
     * Returns the library to use.
     *
     * @param file the value of {@link #PROPERTY}, or null
     */
    OpenBlasLibrary find(String file) throws Refused {
        if (file != null) {
            try {
                return load(Path.of(file).toAbsolutePath());
            } catch (Refused | InvalidPathException e) {
                throw new Refused("-D" + PROPERTY + ": " + e.getMessage(), e);
            }
        }
        List<String> failures = new ArrayList<>();
        try {
            return load(jar.unpack(cache));
        } catch (Refused e) {
            failures.add(e.getMessage());
        }
        for (String name : platform.systemNames()) {
            try {
                return name.startsWith("/") ? load(Path.of(name)) : load(name);
            } catch (Refused e) {
                failures.add(e.getMessage());
            }
        }
        throw new Refused(String.join("; ", failures));
    }

    @SuppressWarnings("restricted") // this module is started with --enable-native-access, or does not come here
    private OpenBlasLibrary load(String name) throws Refused {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new Refused("the system has no " + name, e);
        }
        return OpenBlasLibrary.recognise(symbols, name);
    }

    private OpenBlasLibrary load(Path file) throws Refused {
        LibraryFile.check(file, platform);
        SymbolLookup symbols;
        try {
            symbols = open(file);
        } catch (IllegalArgumentException alone) {
            openSiblings(file);
            try {
                symbols = open(file);
            } catch (IllegalArgumentException e) {
                throw new Refused(reason(file), e);
            }
        }
        return OpenBlasLibrary.recognise(symbols, file.toString());
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup open(Path file) {
        return SymbolLookup.libraryLookup(file, Arena.global());
    }

    /** Loads what lies beside a library: some systems look for what it needs among what is loaded, but not there. */
    private void openSiblings(Path file) {
        for (String name : platform.siblings()) {
            Path sibling = file.resolveSibling(name);
            if (Files.isRegularFile(sibling)) {
                try {
                    open(sibling);
                } catch (IllegalArgumentException e) {
                    // The library itself will tell what it misses.
                }
            }
        }
    }

    /** Asks the loader once more, in the one way in which Java passes on what it says. */
    @SuppressWarnings("restricted")
    private static String reason(Path file) {
        try {
            System.load(file.toString());
            return file + " cannot be loaded";
        } catch (UnsatisfiedLinkError e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }
}
