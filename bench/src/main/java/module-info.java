/** JMH benchmarks against the peers, and the comparison report. */
@SuppressWarnings("requires-automatic") // JMH has no module descriptor of its own
module dev.lanes.bench {
    requires dev.lanes.layers;
    requires dev.lanes.numerics;
    requires dev.lanes.openblas;
    requires jmh.core;
}
