package dev.lanes.bench.run;

import dev.lanes.bench.results.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks up how large the files are that each library brings along, as far as they are here. */
final class JarSizes {
    /** The beginning of a file's name and whose it is. */
    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("lanes-numerics-", "lanes"),
            Map.entry("lanes-layers-", "lanes"),
            Map.entry("lanes-formats-", "lanes"),
            Map.entry("lanes-openblas-", "lanes"),
            Map.entry("openblas-", "openblas"),
            Map.entry("blas-", "netlib"),
            Map.entry("ejml-", "ejml"),
            Map.entry("ojalgo-", "ojalgo"),
            Map.entry("pytorch-", "pytorch"),
            Map.entry("javacpp-", "pytorch"));

    private JarSizes() {}

    /** Returns the jars on the class path, and the libraries in the folders of the peers. */
    static List<Jar> found() throws IOException {
        List<Jar> jars = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(element);
            String name = file.getFileName() == null ? "" : file.getFileName().toString();
            for (Map.Entry<String, String> owner : OWNERS.entrySet()) {
                if (name.startsWith(owner.getKey()) && Files.isRegularFile(file)) {
                    jars.add(new Jar(owner.getValue(), name, Files.size(file)));
                }
            }
        }
        for (String peer : List.of("onednn", "mkl")) {
            Path folder = Path.of(System.getProperty("lanes.bench.peers", "peers"), peer);
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    jars.add(new Jar(peer, file.getFileName().toString(), Files.size(file)));
                }
            }
        }
        jars.sort(Comparator.comparing((Jar jar) -> !jar.owner().equals("lanes"))
                .thenComparing(Jar::owner)
                .thenComparing(Jar::file));
        return jars;
    }
}
