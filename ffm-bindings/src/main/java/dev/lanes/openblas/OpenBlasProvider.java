package dev.lanes.openblas;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.spi.BackendProvider;
import dev.lanes.numerics.spi.Probe;

/**
 * The backend {@code openblas}: the vector backend with its matrix products and convolutions taken over by OpenBLAS.
 *
 * <p>It is there for who asks for it by name; {@code auto} never takes it. Its results depend on the library, its
 * version and the processor, so they are outside the promise of the same bits.
 */
public final class OpenBlasProvider implements BackendProvider {
    /** Makes the provider; the library is looked for when {@link #probe} is first asked. */
    public OpenBlasProvider() {}

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
        return Loaded.probe();
    }

    @Override
    public Installed install(KernelTable.Builder table, int threads) {
        Loaded.library(); // throws, with the reason, where there is none
        Staging staging = new Staging();
        table.prefer(Slot.GEMM, new OpenBlasGemm(staging))
                .prefer(Slot.CONV2D_FORWARD, new OpenBlasConv2dForward(staging))
                .prefer(Slot.CONV2D_BACKWARD_INPUT, new OpenBlasConv2dBackwardInput())
                .prefer(Slot.CONV2D_BACKWARD_WEIGHTS, new OpenBlasConv2dBackwardWeights());
        return new Installed(0, false, staging::close);
    }
}
