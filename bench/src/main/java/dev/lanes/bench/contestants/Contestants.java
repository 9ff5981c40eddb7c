package dev.lanes.bench.contestants;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** All contestants by name. */
public final class Contestants {
    /** Ours. */
    public static final String LANES = "lanes";

    private Contestants() {}

    /** Returns the variables that a contestant's process gets; those that steer such libraries are taken away before. */
    public static Map<String, String> environment(String name, int threads) {
        String count = Integer.toString(threads);
        return switch (name) {
            case "openblas" -> Map.of("OPENBLAS_NUM_THREADS", count);
            case "onednn" -> Map.of("OMP_NUM_THREADS", count);
            // Its own threads want a library of Intel's; those of GNU are on every system.
            case "mkl" ->
                Map.of(
                        "OMP_NUM_THREADS",
                        count,
                        "MKL_NUM_THREADS",
                        count,
                        "MKL_THREADING_LAYER",
                        "GNU",
                        "LD_LIBRARY_PATH",
                        Native.folder("mkl"));
            // Two pools of threads that spin on the same cores slow each other down; short spins avoid most of it.
            case "pytorch" ->
                Map.of(
                        "OMP_NUM_THREADS",
                        count,
                        "OPENBLAS_NUM_THREADS",
                        count,
                        "GOMP_SPINCOUNT",
                        "1000",
                        "OPENBLAS_THREAD_TIMEOUT",
                        "4");
            default -> Map.of();
        };
    }

    /**
     * Returns the contestant.
     *
     * @throws MissingPeerException if its library is not here or cannot be loaded, with the reason
     */
    public static Contestant open(String name, int threads) {
        return switch (name) {
            case LANES, "lanes-vector" -> new Lanes("vector", threads);
            case "lanes-openblas" -> new Lanes("openblas", threads);
            case "reference" -> new Lanes("reference", threads);
            case "scalar" -> new ScalarLoops(threads);
            case "openblas" -> new OpenBlasCalls(threads);
            case "onednn" -> new OneDnn();
            case "mkl" -> new MklCalls();
            case "netlib" -> compiledInProfile("NetlibBlas", threads);
            case "ejml" -> compiledInProfile("Ejml", threads);
            case "pytorch" -> compiledInProfile("PyTorch", threads);
            case "ojalgo" -> compiledInProfile("OjAlgo", threads);
            default -> throw new MissingPeerException("no contestant " + name);
        };
    }

    /** Returns a contestant of {@code bench/peers}, which is there only where Maven could fetch its library. */
    private static Contestant compiledInProfile(String className, int threads) {
        try {
            return (Contestant) Class.forName("dev.lanes.bench.peers." + className)
                    .getConstructor(int.class)
                    .newInstance(threads);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof MissingPeerException missing
                    ? missing
                    : new MissingPeerException("cannot be started: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new MissingPeerException("not built in: " + Native.REMEDY, e);
        }
    }
}
