/** Differentiation, layers, losses, optimisers, data and training, on top of the numerics. */
module dev.lanes.layers {
    requires transitive dev.lanes.numerics;

    exports dev.lanes.layers.data;
}
