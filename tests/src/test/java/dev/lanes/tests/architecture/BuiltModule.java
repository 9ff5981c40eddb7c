package dev.lanes.tests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * A module of this project as it was built: its folder, and what is in {@code target/classes}.
 *
 * @param folder the folder of its POM
 */
record BuiltModule(Path folder) {
    /** Finds a module beside this one, by the name of its folder. */
    static BuiltModule named(String folder) {
        Path here = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        var module = new BuiltModule(here.resolveSibling(folder));
        if (!Files.exists(module.classes().resolve("module-info.class"))) {
            throw new IllegalStateException(folder + " has not been built: run the whole build, or add -am");
        }
        return module;
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    ModuleDescriptor descriptor() throws IOException {
        try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    Set<String> pomDependencies() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("pom.xml"))) {
            return PomDependencies.beyondTests(in);
        }
    }

    /** Returns what each class file mentions. */
    List<ClassReferences> references() throws IOException {
        List<ClassReferences> references = new ArrayList<>();
        for (Path file : files(classes())) {
            if (file.toString().endsWith(".class") && !file.endsWith("module-info.class")) {
                references.add(ClassReferences.of(Files.readAllBytes(file)));
            }
        }
        return references;
    }

    /** Returns the providers that the files under META-INF/services name, by service. */
    Map<String, List<String>> serviceFiles() throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        Path folder = classes().resolve("META-INF/services");
        if (Files.exists(folder)) {
            for (Path file : files(folder)) {
                services.put(
                        file.getFileName().toString(),
                        Files.readAllLines(file).stream()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .toList());
            }
        }
        return services;
    }

    /** Returns the size of what ships, each file packed as a jar does it; the jar's directory is not counted. */
    long packedBytes() throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        for (Path file : files(classes())) {
            try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
                deflater.setInput(Files.readAllBytes(file));
                deflater.finish();
                while (!deflater.finished()) {
                    bytes += deflater.deflate(buffer);
                }
            }
        }
        return bytes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
