package dev.lanes.bench.report;

import dev.lanes.bench.results.Machine;
import dev.lanes.bench.results.Report;

/** The title of a report: the day, the processor and the width of the vectors, so that two are not mixed up. */
final class Title {
    private Title() {}

    static String of(Report report) {
        return "lanes beside other libraries, " + day(report.started())
                + (report.environment() == null ? "" : machine(report.environment()));
    }

    private static String day(String started) {
        return started == null ? "an unknown day" : started.length() < 10 ? started : started.substring(0, 10);
    }

    /** Leaves out the backend where the rows are of none of ours, as in the suite {@code ffi}. */
    private static String machine(Machine machine) {
        String backend = machine.backend() == null || machine.backend().isEmpty() ? "" : ", " + machine.backend();
        String width = machine.vectorBits() == 0 ? "" : " " + machine.vectorBits() + " bits";
        return ": " + machine.cpu() + backend + width;
    }
}
