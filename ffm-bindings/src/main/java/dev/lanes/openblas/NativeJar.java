package dev.lanes.openblas;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The native jar of {@code org.bytedeco:openblas}, from which a library has to be copied to a file before the system
 * can load it.
 *
 * <p>It is copied once, into a folder of the user's cache that is named by the content. Each file appears under its name
 * when it is complete, so programs that start at the same time do not disturb one another.
 */
final class NativeJar {
    /** What users are told to add. */
    static final String COORDINATES = "org.bytedeco:openblas:0.3.31-1.5.13";

    private static final String FOLDER = "org/bytedeco/openblas/";

    /** Where files of jars come from. */
    @FunctionalInterface
    interface Resources {
        /** Opens a resource; null where there is none of the name. */
        InputStream open(String name) throws IOException;
    }

    private final Platform platform;
    private final Resources resources;

    NativeJar(Platform platform, Resources resources) {
        this.platform = platform;
        this.resources = resources;
    }

    /** Returns the resources of the class path and of the module path, modules that nobody requires included. */
    static Resources ofThisProgram(Platform platform) {
        return name -> {
            for (ClassLoader loader : Arrays.asList(
                    NativeJar.class.getClassLoader(), Thread.currentThread().getContextClassLoader())) {
                InputStream in = loader == null ? null : loader.getResourceAsStream(name);
                if (in != null) {
                    return in;
                }
            }
            return onModulePath("org.bytedeco.openblas." + platform.name().replace('-', '.'), name);
        };
    }

    private static InputStream onModulePath(String module, String name) throws IOException {
        String path = System.getProperty("jdk.module.path", "");
        Path[] entries = Arrays.stream(path.split(System.getProperty("path.separator")))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toArray(Path[]::new);
        Optional<ModuleReference> found;
        try {
            found = ModuleFinder.of(entries).find(module);
        } catch (FindException e) {
            return null; // something else on the path is broken
        }
        if (found.isEmpty()) {
            return null;
        }
        ModuleReader reader = found.get().open();
        InputStream in = reader.open(name).orElse(null);
        if (in == null) {
            reader.close();
            return null;
        }
        return new FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                try (reader) {
                    super.close();
                }
            }
        };
    }

    /**
     * Returns the library as a file, its siblings beside it; copies what is not there yet.
     *
     * @param cache the folder for it; where nothing can be written in it, a temporary folder serves this one JVM
     */
    Path unpack(Path cache) throws Refused {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, Long> sizes = measure(digest);
            if (!sizes.containsKey(platform.library())) {
                throw new Refused("there is no native of org.bytedeco:openblas for " + platform.name()
                        + " on the class or module path" + others());
            }
            Path folder = cache.resolve("openblas-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
            try {
                Files.createDirectories(folder);
                fill(folder, sizes);
            } catch (IOException e) {
                folder = fillTemporary(folder, sizes, e);
            }
            return folder.resolve(platform.library());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new Refused("the native of org.bytedeco:openblas cannot be read: " + e, e);
        }
    }

    /** Returns the files that there are with their sizes, and digests their names and contents. */
    private Map<String, Long> measure(MessageDigest digest) throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String file : files()) {
            try (InputStream in = open(file)) {
                if (in != null) {
                    digest.update(file.getBytes());
                    var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
                    sizes.put(file, in.transferTo(sink));
                }
            }
        }
        return sizes;
    }

    private List<String> files() {
        List<String> files = new ArrayList<>(platform.siblings());
        files.add(platform.library());
        return files;
    }

    private InputStream open(String file) throws IOException {
        return resources.open(FOLDER + platform.name() + "/" + file);
    }

    /** Says for which other platforms there is a native, as that is the likely mistake. */
    private String others() throws IOException {
        StringBuilder others = new StringBuilder();
        for (String name : Platform.PUBLISHED) {
            String system = name.substring(0, name.indexOf('-'));
            Platform other = Platform.of(system, name.substring(system.length() + 1));
            try (InputStream in = resources.open(FOLDER + name + "/" + other.library())) {
                if (in != null) {
                    others.append(others.isEmpty() ? " (only for " : ", ").append(name);
                }
            }
        }
        return others.isEmpty() ? "" : others.append(")").toString();
    }

    private void fill(Path folder, Map<String, Long> sizes) throws IOException {
        for (Map.Entry<String, Long> file : sizes.entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (!isComplete(target, file.getValue())) {
                copy(file.getKey(), file.getValue(), target);
            }
        }
    }

    private static boolean isComplete(Path file, long size) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == size;
    }

    private void copy(String file, long size, Path target) throws IOException {
        Path part = Files.createTempFile(target.getParent(), file + ".", ".part");
        try {
            try (InputStream in = open(file)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.size(part) != size) {
                throw new IOException(part + " has " + Files.size(part) + " of " + size + " bytes");
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true); // a power cut must not leave a file of the right name and size but without content
            }
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            if (!isComplete(target, size)) { // Windows lets nobody replace a library that another program has loaded
                throw e;
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path fillTemporary(Path folder, Map<String, Long> sizes, IOException reason) throws Refused {
        try {
            Path temporary = Files.createTempDirectory("lanes-openblas");
            temporary.toFile().deleteOnExit(); // deletes in reverse order: the files first
            sizes.keySet().forEach(file -> temporary.resolve(file).toFile().deleteOnExit());
            fill(temporary, sizes);
            return temporary;
        } catch (IOException e) {
            throw new Refused(
                    "the native of org.bytedeco:openblas can be unpacked neither into " + folder + " (" + reason
                            + ") nor into " + System.getProperty("java.io.tmpdir") + " (" + e + ")",
                    e);
        }
    }
}
