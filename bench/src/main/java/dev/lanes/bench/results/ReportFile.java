package dev.lanes.bench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lanes.formats.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes a {@link Report}: field names in snake case, in the order of the records, null left out. */
public final class ReportFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ReportFile() {}

    /** Writes the report as a whole or not at all; replaces what was there. */
    public static void write(Path file, Report report) throws IOException {
        byte[] text = (MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }

    /**
     * Returns the report in a file; fields that this version does not know are passed over, and one of {@link
     * Report#FORMER} is turned into one of today, which needs nothing but its rows.
     *
     * @throws IOException if there is none, or it is not of this format
     */
    public static Report read(Path file) throws IOException {
        Report report;
        try {
            report = MAPPER.readValue(Files.readString(file), Report.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is not a report: " + e.getOriginalMessage(), e);
        }
        if (report != null && Report.FORMER.equals(report.format())) {
            return Peaks.settle(report);
        }
        if (report == null || !Report.FORMAT.equals(report.format())) {
            throw new IOException(file + " is of the format " + (report == null ? null : report.format()) + ", needs "
                    + Report.FORMAT);
        }
        return report;
    }

    /** Returns a value as one line of JSON. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Returns the value that a line of JSON holds. */
    public static <T> T parse(String line, Class<T> type) {
        return MAPPER.readValue(line, type);
    }
}
