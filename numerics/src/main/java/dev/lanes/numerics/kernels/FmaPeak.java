package dev.lanes.numerics.kernels;

import dev.lanes.numerics.kernels.vector.VectorPeak;
import java.util.OptionalDouble;

/**
 * Measures the most floating-point operations that this machine does in a second with the vectors in use: the yardstick
 * against which kernels are stated as a share.
 */
public final class FmaPeak {
    private FmaPeak() {}

    /**
     * Runs nothing but fused multiply-adds for some tenths of a second and returns the best rate in GFLOP/s; empty where
     * the vector backend is unavailable. The clock of a shared machine moves, so measure beside what is compared.
     *
     * @param threads how many threads do so at the same time; the rates are added
     */
    public static OptionalDouble measure(int threads) {
        return VectorPeak.measure(threads);
    }
}
