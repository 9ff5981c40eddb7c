/**
 * Tensors, geometry, the checked Engine, and the kernels behind it.
 *
 * <p>Needs nothing but the JDK. With {@code --add-modules jdk.incubator.vector} the vector backend is there; without it
 * everything works on the reference backend.
 */
module dev.lanes.numerics {
    requires static jdk.incubator.vector;
    requires static jdk.management;

    exports dev.lanes.numerics;
    exports dev.lanes.numerics.geometry;
    exports dev.lanes.numerics.kernels;
    exports dev.lanes.numerics.parallel;
    exports dev.lanes.numerics.spi;

    uses dev.lanes.numerics.spi.BackendProvider;
}
