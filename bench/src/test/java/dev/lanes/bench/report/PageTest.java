package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.ReportFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. */
class PageTest {
    /** Makes a choice as a reader does, by the events of the form. */
    private static final String CHOOSE = "<script>{const form = document.getElementById('filters');"
            + "form.elements['%s'].value = '%s'; form.dispatchEvent(new Event('input', {bubbles: true}));}</script>";

    @TempDir
    private Path folder;

    private static Report sample() throws IOException, URISyntaxException {
        return ReportFile.read(
                Path.of(ReportFile.class.getResource("sample.json").toURI()));
    }

    private Browser.Page open(Report report, Report baseline, String more) throws IOException, InterruptedException {
        ReportFolder.write(folder, report, baseline);
        Path page = folder.resolve("index.html");
        Files.writeString(page, Files.readString(page).replace("</body>", more + "</body>"));
        Browser.Page shown = Browser.open(page, folder);
        assertEquals(List.of(), shown.console());
        assertFalse(shown.html().contains("data-hacked"), "a text of the report became markup");
        return shown;
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void should_need_nothing_but_itself() throws IOException, URISyntaxException {
        String page = HtmlPage.of(sample(), null);
        assertFalse(page.matches("(?s).*(src|href)\\s*=\\s*[\"']?(https?:)?//.*"), "the page loads something");
        assertFalse(page.contains("@data@") || page.contains("@charts@"), "a mark was not replaced");
        assertFalse(page.contains("sourceMappingURL"));
    }

    @Test
    void should_hold_hostile_text_as_data() throws IOException {
        String page = HtmlPage.of(Reports.of(Reports.row(Reports.HOSTILE, "m1", 1, 500)), null);
        assertFalse(page.contains("<img src=x"));
        assertFalse(page.contains("\u2028"));
    }

    @Test
    @RequiresBrowser
    void should_draw_every_chart_of_a_recorded_report() throws Exception {
        Browser.Page page = open(sample(), sample(), "");
        assertTrue(page.number("data-charts") >= 5, page::html);
        assertEquals(page.number("data-charts"), count(page.html(), "<canvas"));
        assertEquals(sample().rows().size(), page.number("data-rows"));
        assertTrue(page.html().contains("rows changed by more than the noise"));
        assertTrue(page.html().contains("Table</summary>"));
    }

    @Test
    @RequiresBrowser
    void should_show_only_what_is_chosen() throws Exception {
        Report report = Reports.of(
                Reports.row("sgemm", "NN m1 n2 k3", 1, 500),
                Reports.row("sgemm", "NN m1 n2 k3", 2, 250),
                Reports.row("conv", "b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1", 1, 2000));
        assertEquals(3, open(report, null, "").number("data-rows"));
        assertEquals(1, open(report, null, CHOOSE.formatted("kernel", "conv")).number("data-rows"));
        assertEquals(1, open(report, null, CHOOSE.formatted("threads", "2")).number("data-rows"));
        assertEquals(2, open(report, null, CHOOSE.formatted("shape", "N2 k")).number("data-rows"));
        Browser.Page other = open(report, null, CHOOSE.formatted("peer", "openblas"));
        assertEquals(3, other.number("data-rows"));
        assertTrue(other.html().contains("speed of lanes over openblas"));
        Browser.Page none = open(report, null, CHOOSE.formatted("shape", "no such"));
        assertEquals(0, none.number("data-rows"));
        assertTrue(none.html().contains("No row matches."));
    }

    @Test
    @RequiresBrowser
    void should_show_losses_what_is_missing_and_what_is_invalid() throws Exception {
        Browser.Page page = open(
                Reports.of(
                        Reports.machine("processor"),
                        true,
                        Reports.row("conv", "slow one", 1, 2000),
                        Reports.row("conv", "bad one", "", 1, 10, false)),
                null,
                "");
        assertTrue(page.html().contains("Where lanes is behind, worst first"));
        assertTrue(page.html().contains("<b>Caution: </b>the run is incomplete: it was interrupted.</p>"));
        assertTrue(page.html().contains("1 row is invalid and not drawn."));
        assertTrue(page.html().contains("missing: it was not downloaded"));
        assertTrue(page.html().contains("<tr class=\"missing\">"));
        assertTrue(page.html().contains("<tr class=\"invalid\">"));
    }

    @Test
    @RequiresBrowser
    void should_head_the_page_with_the_machine_and_the_cautions() throws Exception {
        Browser.Page quiet = open(Reports.of(Reports.row("sgemm", "m1", 1, 500)), null, "");
        String title = "lanes beside other libraries, 2026-01-02: processor, vector 256 bits";
        assertTrue(quiet.html().contains("<title>" + title + "</title>"));
        assertTrue(quiet.html().contains("<h1 id=\"title\">" + title + "</h1>"));
        assertTrue(quiet.html().contains("<div id=\"cautions\" class=\"banner\" hidden=\"\"></div>"));

        Report varied = Reports.of(
                Reports.machine("processor", 3.3, 7.8),
                false,
                Reports.row("sgemm", "m1", 1, 500, 70),
                Reports.row("sgemm", "m2", 1, 500, 100));
        Browser.Page shown = open(varied, null, "");
        assertTrue(shown.html().contains("<div id=\"cautions\" class=\"banner\"><p>"));
        assertEquals(3, count(shown.html(), "<b>Caution: </b>"));
    }

    @Test
    @RequiresBrowser
    void should_show_an_empty_report() throws Exception {
        Browser.Page page = open(Reports.of(), null, "");
        assertTrue(page.html().contains("Nothing was measured."));
        assertEquals(0, page.number("data-charts"));
    }

    @Test
    @RequiresBrowser
    void should_show_hostile_text_as_text() throws Exception {
        Browser.Page page = open(
                Reports.of(
                        Reports.machine(Reports.HOSTILE),
                        false,
                        Reports.row(Reports.HOSTILE, Reports.HOSTILE, Reports.HOSTILE, 1, 2000, true)),
                null,
                "");
        assertTrue(page.html().contains("&lt;img src=x onerror="));
    }
}
