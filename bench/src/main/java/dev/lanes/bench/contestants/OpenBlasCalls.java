package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.numerics.spi.Probe;
import dev.lanes.openblas.OpenBlas;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** OpenBLAS: {@code cblas_sgemm}, {@code cblas_sgemv} and {@code cblas_dgemm}, called bare. */
final class OpenBlasCalls implements Contestant {
    private final CblasCalls calls;

    @SuppressWarnings("restricted") // the measured JVMs run with leave for native access
    OpenBlasCalls(int threads) {
        Probe probe = OpenBlas.probe();
        if (!probe.available()) {
            throw new MissingPeerException(probe.reason() + "; " + probe.remedy());
        }
        if (OpenBlas.config().contains("USE64BITINT")) {
            throw new MissingPeerException("this OpenBLAS has 64-bit integers: " + OpenBlas.config());
        }
        String location = OpenBlas.location();
        SymbolLookup library = Path.of(location).isAbsolute()
                ? SymbolLookup.libraryLookup(Path.of(location), Arena.global())
                : SymbolLookup.libraryLookup(location, Arena.global());
        try {
            Native.bind(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT))
                    .invokeExact(threads);
        } catch (Throwable t) {
            throw new MissingPeerException("cannot set the number of threads", t);
        }
        calls = new CblasCalls(library);
    }

    @Override
    public String version() {
        return OpenBlas.config();
    }

    @Override
    public String core() {
        return OpenBlas.core();
    }

    @Override
    public Candidate prepare(Problem problem) {
        if (problem instanceof GemmProblem p) {
            return calls.prepare(p);
        }
        throw new UnsupportedOperationException("OpenBLAS has matrix products only");
    }

    @Override
    public void close() {}
}
