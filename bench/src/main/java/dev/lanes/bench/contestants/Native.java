package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Other people's libraries: finding them, binding their functions, copying operands. */
@SuppressWarnings("restricted") // the measured JVMs run with leave for native access
final class Native {
    private static final int PAGE = 4096;

    /** What to do about a library that is not here. */
    static final String REMEDY = "./lanes bench downloads it where it can; its coordinates are in bench/peers/pom.xml";

    private Native() {}

    /** Returns the folder of a peer's libraries. */
    static String folder(String peer) {
        return Path.of(System.getProperty("lanes.bench.peers", "peers"), peer)
                .toAbsolutePath()
                .toString();
    }

    /**
     * Returns the file of a library that was unpacked into the folder of a peer, below {@code -Dlanes.bench.peers}.
     *
     * @throws MissingPeerException if it is not there; where the download failed, with what was said then
     */
    static Path peer(String peer, String fileName) {
        Path folder = Path.of(System.getProperty("lanes.bench.peers", "peers"), peer);
        Path reason = folder.resolveSibling(peer + ".missing");
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            Optional<Path> found = files.filter(f -> f.getFileName().toString().equals(fileName))
                    .findFirst();
            if (found.isPresent()) {
                return found.get().toAbsolutePath();
            }
            String why = Files.isRegularFile(reason) ? Files.readString(reason).strip() : fileName + " is not here";
            throw new MissingPeerException("not downloaded: " + why + "; " + REMEDY);
        } catch (IOException e) {
            throw new MissingPeerException("cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the symbols of a library file.
     *
     * @throws MissingPeerException if the system cannot load it
     */
    static SymbolLookup load(Path file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new MissingPeerException("cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Returns a function of the library. */
    static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name)
                                .orElseThrow(() -> new MissingPeerException("the library has no function " + name)),
                        type);
    }

    /** Returns a copy off the heap, at the beginning of a page. */
    static MemorySegment copy(Arena arena, float[] values) {
        MemorySegment copy = arena.allocate(4L * values.length, PAGE);
        MemorySegment.copy(values, 0, copy, JAVA_FLOAT, 0, values.length);
        return copy;
    }
}
