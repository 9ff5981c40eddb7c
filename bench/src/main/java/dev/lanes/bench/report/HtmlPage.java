package dev.lanes.bench.report;

import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.ReportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as one HTML file that needs nothing else: styles, script, the chart library and the numbers are in it.
 *
 * <p>Everything that comes from the report is in a block of JSON and reaches the page as text, never as markup.
 */
final class HtmlPage {
    /** Put beside this class by the build. */
    private static final String CHARTS = "chart.umd.min.js";

    private HtmlPage() {}

    /** What the script of the page reads. */
    private record Model(
            Report report, String title, List<String> cautions, List<Groups.Group> groups, Comparison comparison) {}

    /**
     * Returns the page.
     *
     * @param comparison with an older report; null without
     */
    static String of(Report report, Comparison comparison) throws IOException {
        String data = ReportFile.line(
                new Model(report, Title.of(report), Cautions.of(report), Groups.of(report.rows()), comparison));
        // In this order: what is put in last is not searched for further marks.
        return resource("page.html")
                .replace("@style@", resource("page.css"))
                .replace("@script@", resource("page.js"))
                .replace("@charts@", script(resource(CHARTS)))
                .replace("@data@", inert(data));
    }

    /** Makes JSON safe inside a script element, where only a less-than sign could end it. */
    private static String inert(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** Leaves out the line that names a file for debuggers, which would be asked for and is not there. */
    private static String script(String text) {
        return text.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
