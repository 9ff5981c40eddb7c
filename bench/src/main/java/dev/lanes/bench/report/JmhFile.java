package dev.lanes.bench.report;

import dev.lanes.formats.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of the full mode in JMH's own JSON, for the programs that read it. */
public final class JmhFile {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JmhFile() {}

    /**
     * Writes one array of all results, as a whole or not at all; replaces what was there.
     *
     * @param results arrays as JMH writes them; each result counts as many forks as it holds series of raw data, which
     *     were run one at a time
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, List<String> results) throws IOException {
        ArrayNode all = MAPPER.createArrayNode();
        for (String text : results) {
            for (JsonNode result : MAPPER.readTree(text)) {
                all.add(((ObjectNode) result)
                        .put(
                                "forks",
                                result.path("primaryMetric").path("rawData").size()));
            }
        }
        byte[] text = (MAPPER.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }
}
