/** Files of weights, read and written safely. */
module dev.lanes.formats {
    requires transitive dev.lanes.layers;
    requires tools.jackson.core;

    exports dev.lanes.formats;
}
