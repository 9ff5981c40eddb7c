package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    @Test
    void should_take_the_geometric_mean_of_valid_rows() {
        List<Groups.Group> groups = Groups.of(List.of(
                Reports.row("sgemm", "m1", 1, 500), // twice as fast
                Reports.row("sgemm", "m2", 1, 8000), // an eighth
                Reports.row("sgemm", "m3", "", 1, 1, false),
                Reports.row("sgemm", "m1", 2, 1000)));
        assertEquals(2, groups.size());
        Groups.Group first = groups.getFirst();
        assertEquals("sgemm", first.name());
        assertEquals(3, first.rows());
        assertEquals(2, first.compared());
        assertEquals(0.5, first.meanRatio(), 1e-12);
        assertEquals(0.125, first.worstRatio(), 1e-12);
        assertEquals("m2", first.worst());
        assertEquals(List.of("openblas"), first.bestPeers());
        assertEquals(2, groups.getLast().threads());
    }

    @Test
    void should_keep_products_through_the_bindings_apart_from_our_own() {
        List<Row> rows = List.of(Reports.row("sgemm", "m1", 1, 2000), Reports.throughTheBindings("m1", 1000));
        assertEquals(
                List.of("sgemm", "sgemm through the bindings"),
                Groups.of(rows).stream().map(Groups.Group::name).toList());
        Report report = Reports.of(Reports.machine("processor", 0, 0), false, rows.toArray(Row[]::new));
        assertEquals(2, Comparison.of(report, report).changes().size());
    }

    @Test
    void should_know_of_groups_without_a_valid_row() {
        Groups.Group group =
                Groups.of(List.of(Reports.row("sgemm", "m3", "", 1, 1, false))).getFirst();
        assertEquals(0, group.compared());
        assertNull(group.meanRatio());
        assertNull(group.worstRatio());
        assertEquals("", group.worst());
    }
}
