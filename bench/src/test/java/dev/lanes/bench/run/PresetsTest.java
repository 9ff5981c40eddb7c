package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PresetsTest {
    @Test
    void should_take_away_what_steers_the_libraries_and_nothing_else() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "OPENBLAS_CORETYPE", "Haswell",
                "OPENBLAS_L2_SIZE", "512",
                "OMP_NUM_THREADS", "1",
                "MKL_DYNAMIC", "0",
                "JAVA_TOOL_OPTIONS", "-Xint",
                "PATH", "/bin",
                "LANES_JAVA_OPTS", "-Xmx1g"));

        Presets.remove(environment);

        assertEquals(Map.of("PATH", "/bin", "LANES_JAVA_OPTS", "-Xmx1g"), environment);
    }
}
