package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.reference.ReferenceBackend;
import dev.lanes.numerics.spi.BackendProvider;
import dev.lanes.numerics.spi.Probe;

/**
 * The backend {@code vector}: kernels written with {@code jdk.incubator.vector}.
 *
 * <p>This class does not mention the module, so that it loads where the module is absent; {@link VectorKernels} does.
 */
public final class VectorBackend implements BackendProvider {
    /** The name that users ask for. */
    public static final String NAME = "vector";

    /** Makes the provider; it holds nothing. */
    public VectorBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String base() {
        return ReferenceBackend.NAME;
    }

    @Override
    public Probe probe() {
        return VectorProbe.answer();
    }

    @Override
    public Installed install(KernelTable.Builder table, int threads) {
        return VectorKernels.install(table);
    }
}
