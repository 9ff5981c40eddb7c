/** The {@code lanes} command. */
@SuppressWarnings("requires-automatic") // the charts have no module descriptor of their own
module dev.lanes.cli {
    requires dev.lanes.examples;
    requires dev.lanes.formats;
    requires dev.lanes.numerics;
    requires info.picocli;
    requires java.desktop;
    requires jdk.management;
    requires xchart;
    requires me.tongfei.progressbar;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires tools.jackson.databind;

    exports dev.lanes.cli.progress;

    opens dev.lanes.cli to
            info.picocli;
    opens dev.lanes.cli.differentiate to
            info.picocli;
    opens dev.lanes.cli.doctor to
            info.picocli,
            tools.jackson.databind;
    opens dev.lanes.cli.model to
            tools.jackson.databind;
    opens dev.lanes.cli.predict to
            info.picocli;
    opens dev.lanes.cli.train to
            info.picocli,
            tools.jackson.databind;
    opens dev.lanes.cli.visualise to
            info.picocli;
}
