/** Differentiation, layers, losses, optimisers, data and training, on top of the numerics. */
module dev.lanes.layers {
    requires transitive dev.lanes.numerics;

    exports dev.lanes.layers.autodiff;
    exports dev.lanes.layers.data;
    exports dev.lanes.layers.differentiation;
    exports dev.lanes.layers.differentiation.symbolic;
    exports dev.lanes.layers.inference;
    exports dev.lanes.layers.initialisers;
    exports dev.lanes.layers.learners;
    exports dev.lanes.layers.losses;
    exports dev.lanes.layers.metrics;
    exports dev.lanes.layers.networks;
    exports dev.lanes.layers.nn;
    exports dev.lanes.layers.ops;
    exports dev.lanes.layers.optimisers;
    exports dev.lanes.layers.random;
    exports dev.lanes.layers.training;
    exports dev.lanes.layers.visualise;
}
