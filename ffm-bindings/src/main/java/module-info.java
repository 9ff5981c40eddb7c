/** OpenBLAS through {@code java.lang.foreign}: the only native code path, there only for who asks for it. */
module dev.lanes.openblas {
    requires dev.lanes.numerics;

    provides dev.lanes.numerics.spi.BackendProvider with
            dev.lanes.openblas.OpenBlasProvider;
}
