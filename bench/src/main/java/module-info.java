/** Benchmarks against the peers, and the comparison report. */
@SuppressWarnings("requires-automatic") // JMH has no module descriptor of its own
module dev.lanes.bench {
    requires com.fasterxml.jackson.annotation;
    requires dev.lanes.cli;
    requires dev.lanes.formats;
    requires dev.lanes.layers;
    requires dev.lanes.numerics;
    requires dev.lanes.openblas;
    requires info.picocli;
    requires jdk.management;
    requires jmh.core;
    requires org.apache.commons.csv;
    requires tools.jackson.databind;

    opens dev.lanes.bench.report to
            tools.jackson.databind;
    opens dev.lanes.bench.results to
            tools.jackson.databind;
    opens dev.lanes.bench.run to
            info.picocli,
            tools.jackson.databind;
}
