/** OpenBLAS through {@code java.lang.foreign}: the only native code path, there only for who asks for it. */
module dev.lanes.openblas {
    requires transitive dev.lanes.numerics;

    exports dev.lanes.openblas;

    provides dev.lanes.numerics.spi.BackendProvider with
            dev.lanes.openblas.OpenBlasProvider;
}
