package dev.lanes.bench.run;

import dev.lanes.bench.report.Cautions;
import dev.lanes.bench.results.Machine;
import dev.lanes.bench.results.PeerStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gathers what the report says of the machine: what can be asked, and what was measured in the run. */
final class MachineProbe {
    private static final Set<String> FEATURES = Set.of(
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "f16c",
            "avx512f",
            "avx512dq",
            "avx512bw",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "amx_tile",
            "asimd",
            "sve",
            "sve2");

    private final double loadBefore = load();
    private final Map<String, Double> triad = new TreeMap<>();
    private final Map<String, Double> read = new TreeMap<>();
    private final List<PeerStatus> peers = new ArrayList<>();
    private String backend = "";
    private int vectorBits;

    /** Notes what our worker said of itself, as in {@code Engine[vector 512 bits, 1 thread]}. */
    void engine(Reply greeting) {
        String[] words = greeting.detail().replaceAll("^Engine\\[|\\]$", "").split("[ ,]+");
        backend = words[0];
        vectorBits = words.length > 2 && words[2].equals("bits") ? Integer.parseInt(words[1]) : 0;
    }

    /** Lets the worker measure the memory once for each number of threads; returns GB/s of the triad. */
    double bandwidth(int threads, WorkerProcess worker) {
        read.computeIfAbsent("" + threads, _ -> worker.ask("read").nanos());
        return triad.computeIfAbsent("" + threads, _ -> worker.ask("triad").nanos());
    }

    /** Notes the peers; those that were there once stay so. */
    void peers(List<PeerStatus> crew) {
        for (PeerStatus peer : crew) {
            boolean known = peers.stream().anyMatch(p -> p.name().equals(peer.name()) && p.available());
            if (!known) {
                peers.removeIf(p -> p.name().equals(peer.name()));
                peers.add(peer);
            }
        }
    }

    /** Returns a word of caution where the machine has other work. */
    Optional<String> warning() {
        return Cautions.busyBefore(loadBefore, Runtime.getRuntime().availableProcessors());
    }

    /** Returns all that is known by now but the peaks, which are in the rows. */
    Machine machine() {
        return new Machine(
                version(),
                Runtime.version().toString(),
                System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"),
                WorkerProcess.FLAGS,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpu(),
                features(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                loadBefore,
                load(),
                "vector",
                backend,
                vectorBits,
                Map.of(),
                new TreeMap<>(triad),
                new TreeMap<>(read),
                Presets.found().stream().map(LocalPaths::leaveOut).toList(),
                List.copyOf(peers));
    }

    private static String version() {
        String version = MachineProbe.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : 0;
    }

    private static String cpu() {
        String model = cpuInfo("model name");
        String family = cpuInfo("cpu family");
        return model.isEmpty()
                ? System.getProperty("os.arch")
                : model + (family.isEmpty() ? "" : " (family " + family + ", model " + cpuInfo("model") + ")");
    }

    private static List<String> features() {
        String flags = cpuInfo("flags");
        return Stream.of((flags.isEmpty() ? cpuInfo("Features") : flags).split(" "))
                .filter(FEATURES::contains)
                .toList();
    }

    private static String cpuInfo(String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.split(":")[0].strip().equals(key))
                    .findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException | RuntimeException e) {
            return ""; // another system than Linux
        }
    }
}
