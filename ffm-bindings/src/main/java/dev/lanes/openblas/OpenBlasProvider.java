package dev.lanes.openblas;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.spi.BackendProvider;
import dev.lanes.numerics.spi.Probe;

/**
 * The backend {@code openblas}: the vector backend with its matrix product taken over by OpenBLAS.
 *
 * <p>The place is kept and the name is known; the binding itself is not part of this version, and the probe says so.
 */
public final class OpenBlasProvider implements BackendProvider {
    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public String base() {
        return "vector";
    }

    @Override
    public Probe probe() {
        return Probe.unusable(
                "this version of lanes has no binding to OpenBLAS yet",
                "use the backend vector, which needs no library");
    }

    @Override
    public Installed install(KernelTable.Builder table, int threads) {
        throw new IllegalStateException(probe().reason());
    }
}
