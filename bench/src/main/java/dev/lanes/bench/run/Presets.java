package dev.lanes.bench.run;

import java.util.List;
import java.util.Map;

/** Environment variables that steer the measured libraries or JVMs, and would spoil a comparison without a word. */
final class Presets {
    private static final List<String> PREFIXES = List.of(
            "OPENBLAS_",
            "GOTO_",
            "OMP_",
            "GOMP_",
            "KMP_",
            "MKL_",
            "DNNL_",
            "ONEDNN_",
            "BLIS_",
            "NVPL_",
            "ATEN_",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS");

    private Presets() {}

    /** Returns the names that are set here, in order, with their values. */
    static List<String> found() {
        return System.getenv().entrySet().stream()
                .filter(e -> steers(e.getKey()))
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .toList();
    }

    /** Takes them out of the environment of a process to be. */
    static void remove(Map<String, String> environment) {
        environment.keySet().removeIf(Presets::steers);
    }

    private static boolean steers(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
