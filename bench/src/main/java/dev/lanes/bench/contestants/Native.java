package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Other people's libraries: finding them, binding their functions, copying operands. */
@SuppressWarnings("restricted") // the measured JVMs run with leave for native access
final class Native {
    private static final int PAGE = 4096;

    private Native() {}

    /**
     * Returns the symbols of a library file.
     *
     * @throws MissingPeerException if there is no such file, or the system cannot load it
     */
    static SymbolLookup load(Path file, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new MissingPeerException("not downloaded: " + file.getFileName() + " is not here; " + remedy);
        }
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
