package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import dev.lanes.tests.kit.Case;
import dev.lanes.tests.kit.Cases;
import dev.lanes.tests.kit.Conformance;
import dev.lanes.tests.kit.Digest;
import dev.lanes.tests.kit.KernelEntry;
import dev.lanes.tests.kit.Kernels;
import dev.lanes.tests.kit.Memory;
import dev.lanes.tests.kit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bits whatever the number of threads and whatever the width of the vectors.
 *
 * <p>Each case of each kernel runs with 1, 2 and 3 threads, and the SHA-256 of its outputs is taken. The build runs this
 * class once for each width; each run leaves its digests in {@code target/bits}, stamped with the build, and is
 * compared with what the runs before it left there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BitsTest {
    private final List<Parallel> teams = new ArrayList<>();
    /** The digest of every case, by kernel and case. */
    private final Map<String, String> digests = new TreeMap<>();

    private int vectorBits;

    @BeforeAll
    void start() {
        for (int threads = 1; threads <= 3; threads++) {
            teams.add(Parallel.ofThreads(threads, Duration.ZERO));
        }
    }

    @AfterAll
    void stop() {
        teams.forEach(Parallel::close);
    }

    static List<KernelEntry<?, ?>> kernels() {
        return Kernels.all().stream()
                .filter(entry -> entry.deterministic() && !entry.isRepeated())
                .toList();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("kernels")
    <G, K extends Kernel<G>> void should_not_depend_on_the_threads(KernelEntry<G, K> entry) {
        List<Case<G, K>> cases = entry.cases();
        assumeFalse(cases.isEmpty() && Cases.filtered(), "lanes.tests.case leaves no case");
        assertFalse(cases.isEmpty(), () -> "no case that " + entry + " supports");
        for (Case<G, K> problem : cases) {
            Map<String, double[]> alone = run(entry, problem, teams.getFirst());
            for (Parallel team : teams.subList(1, teams.size())) {
                try {
                    Conformance.sameBits("alone", alone, "with help", run(entry, problem, team));
                } catch (AssertionError e) {
                    fail(entry + ": " + problem + ", " + team.threads() + " threads: " + e.getMessage() + "; "
                            + Seed.replay(problem.toString()));
                }
            }
            digests.put(entry.slot() + " " + entry.kernel().name() + " | " + problem, Digest.of(alone));
        }
        vectorBits = Math.max(vectorBits, entry.vectorBits());
    }

    private static <G, K extends Kernel<G>> Map<String, double[]> run(
            KernelEntry<G, K> entry, Case<G, K> problem, Parallel team) {
        return problem.run(entry.kernel(), Memory.Style.GUARDED, new Workspace(team));
    }

    @Order(2)
    @Test
    void should_not_depend_on_the_width() throws IOException {
        assumeTrue(vectorBits > 0, () -> "no vectors here: " + Kernels.unavailable());
        String folder = System.getProperty("lanes.tests.bits");
        assumeTrue(folder != null, "lanes.tests.bits names no folder: not run by the build");
        assumeFalse(Cases.filtered(), "lanes.tests.case leaves cases out");
        System.out.println("bits: " + digests.size() + " cases at " + vectorBits + " bits, sha256 "
                + Digest.of(digests.toString()));
        String stamp = "build " + System.getProperty("lanes.tests.build") + " seed " + Seed.VALUE;
        Files.createDirectories(Path.of(folder));
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path earlier : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(earlier);
                if (lines.getFirst().equals(stamp)) {
                    compare(earlier, lines.subList(1, lines.size()));
                }
            }
        }
        List<String> lines = new ArrayList<>(List.of(stamp));
        digests.forEach((name, digest) -> lines.add(digest + " " + name));
        Files.write(Path.of(folder, "bits-" + vectorBits + ".txt"), lines);
    }

    private void compare(Path earlier, List<String> lines) {
        int compared = 0;
        List<String> different = new ArrayList<>();
        for (String line : lines) {
            String name = line.substring(line.indexOf(' ') + 1);
            String digest = digests.get(name);
            if (digest != null) {
                compared++;
                if (!line.startsWith(digest + " ")) {
                    different.add(name);
                }
            }
        }
        if (!different.isEmpty()) {
            fail(vectorBits + " bits: " + different.size() + " cases have other bits than in " + earlier.getFileName()
                    + ", the first of them " + different.getFirst());
        }
        assertFalse(compared == 0, "nothing in common with " + earlier);
        System.out.println("bits: " + compared + " cases at " + vectorBits + " bits as in " + earlier.getFileName());
    }
}
