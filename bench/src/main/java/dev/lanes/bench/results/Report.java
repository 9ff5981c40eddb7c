package dev.lanes.bench.results;

import java.util.List;

/**
 * All that one run of {@code lanes bench} has found: the root of the JSON file.
 *
 * @param format {@value #FORMAT}; that of {@value #FORMER} is read as if it were written today
 * @param suite what was asked for: {@code kernels}, {@code layers}, {@code training}, {@code ffi} or {@code all}
 * @param mode {@code quick}: rounds of all contestants in turns; {@code full}: JMH with a fresh JVM for each round
 * @param command as it was typed, without the folders of the machine
 * @param started when the run began, ISO 8601
 * @param finished when it ended
 * @param partial whether rows are missing because the run was cut short
 * @param partialReason why
 * @param environment what it ran on
 * @param rows the measurements
 * @param startUp how long a fresh JVM takes; empty where not measured
 * @param jars what the libraries bring along; empty where not looked at
 */
public record Report(
        String format,
        String suite,
        String mode,
        String command,
        String started,
        String finished,
        boolean partial,
        String partialReason,
        Machine environment,
        List<Row> rows,
        List<StartUp> startUp,
        List<Jar> jars) {
    /** The name and version of the format; the number grows when a field changes its meaning. */
    public static final String FORMAT = "lanes-bench/2";

    /** The format before, where shares were of the peak beside the row and the environment held the median peak. */
    public static final String FORMER = "lanes-bench/1";

    /** Returns the same run in {@link #FORMAT}, with another environment and other rows. */
    Report with(Machine newEnvironment, List<Row> newRows) {
        return new Report(
                FORMAT,
                suite,
                mode,
                command,
                started,
                finished,
                partial,
                partialReason,
                newEnvironment,
                newRows,
                startUp,
                jars);
    }
}
