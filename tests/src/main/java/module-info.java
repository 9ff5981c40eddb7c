/** The shared test kit. */
module dev.lanes.tests {
    requires dev.lanes.layers;
    requires transitive dev.lanes.numerics;
    requires java.xml; // the dependency test reads POMs

    exports dev.lanes.tests.kit;
}
