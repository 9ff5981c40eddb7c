package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.Problem;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Intel MKL: the same functions as of OpenBLAS, called bare. On processors of other makers it takes generic kernels. */
final class MklCalls implements Contestant {
    private final CblasCalls calls;
    private final String version;

    MklCalls() {
        SymbolLookup library = Native.load(Native.peer("mkl", "libmkl_rt.so.3"));
        calls = new CblasCalls(library);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(256);
            Native.bind(library, "MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT))
                    .invokeExact(text, 255);
            version = text.getString(0).strip();
        } catch (Throwable t) {
            throw new MissingPeerException("cannot be asked for its version", t);
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (problem instanceof GemmProblem p) {
            return calls.prepare(p);
        }
        throw new UnsupportedOperationException("MKL is measured on matrix products only");
    }

    @Override
    public void close() {}
}
