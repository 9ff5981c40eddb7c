/** The course: one short example a topic, run by {@code ./lanes example}. */
@SuppressWarnings("requires-automatic") // the charts have no module descriptor of their own
module dev.lanes.examples {
    requires transitive dev.lanes.layers;
    requires java.desktop;
    requires xchart;

    exports dev.lanes.examples;
}
