package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.spi.BackendProvider.Installed;

/** Puts the vector kernels into a table; the first class that needs the vector module. */
final class VectorKernels {
    private VectorKernels() {}

    static int widestBits() {
        return Simd.widestBits();
    }

    static Installed install(KernelTable.Builder table) {
        return new Installed(Simd.SHAPE.vectorBitSize(), true, () -> {});
    }
}
