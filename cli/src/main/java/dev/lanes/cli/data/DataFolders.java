package dev.lanes.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The folders in which data sets are looked for, each set in a folder of its own name; the first is the one they are
 * fetched to.
 *
 * @param roots the folder the user names, if any, then the one in the user's cache
 */
record DataFolders(List<Path> roots) {
    /**
     * Finds the folders of this user.
     *
     * @param property reads a system property, or null
     * @param environment reads an environment variable, or null
     */
    static DataFolders of(UnaryOperator<String> property, UnaryOperator<String> environment) {
        List<Path> roots = new ArrayList<>();
        String chosen =
                isSet(property.apply("lanes.data")) ? property.apply("lanes.data") : environment.apply("LANES_DATA");
        if (isSet(chosen)) {
            roots.add(Path.of(chosen).toAbsolutePath());
        }
        roots.add(cache(property, environment).resolve("lanes").resolve("data"));
        return new DataFolders(List.copyOf(roots));
    }

    Path target(String name) {
        return roots.getFirst().resolve(name);
    }

    private static Path cache(UnaryOperator<String> property, UnaryOperator<String> environment) {
        Path home = Path.of(property.apply("user.home"));
        String system = property.apply("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            String local = environment.apply("LOCALAPPDATA");
            return isSet(local) ? Path.of(local) : home.resolve("AppData").resolve("Local");
        }
        String xdg = environment.apply("XDG_CACHE_HOME");
        // The XDG specification wants relative paths ignored.
        if (isSet(xdg) && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        return system.startsWith("mac") ? home.resolve("Library").resolve("Caches") : home.resolve(".cache");
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
