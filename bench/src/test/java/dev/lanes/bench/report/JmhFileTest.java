package dev.lanes.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JmhFileTest {
    private static final String TWO_FORKS = """
            [{"benchmark": "a.b", "forks": 1, "params": {"contestant": "lanes"},
              "primaryMetric": {"score": 2.0, "rawData": [[1.0, 2.0], [3.0, 2.0]]}}]""";
    private static final String ONE_FORK = """
            [{"benchmark": "a.b", "forks": 1, "params": {"contestant": "ejml"},
              "primaryMetric": {"score": 9.0, "rawData": [[9.0]]}}]""";

    @TempDir
    private Path folder;

    @Test
    void should_put_all_results_into_one_array_and_count_their_forks() throws IOException {
        Path file = folder.resolve("jmh.json");

        JmhFile.write(file, List.of(TWO_FORKS, ONE_FORK));

        JsonNode all = JsonMapper.builder().build().readTree(Files.readString(file));
        assertEquals(2, all.size());
        assertEquals(2, all.get(0).get("forks").asInt());
        assertEquals(1, all.get(1).get("forks").asInt());
        assertEquals("ejml", all.get(1).get("params").get("contestant").asString());
    }

    @Test
    void should_leave_the_old_file_when_a_result_is_broken() throws IOException {
        Path file = Files.writeString(folder.resolve("jmh.json"), "old");

        assertThrows(JacksonException.class, () -> JmhFile.write(file, List.of(ONE_FORK, "[{")));

        assertEquals("old", Files.readString(file));
    }
}
