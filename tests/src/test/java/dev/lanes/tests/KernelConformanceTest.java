package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanes.numerics.BackendStatus;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import dev.lanes.tests.kit.Case;
import dev.lanes.tests.kit.Cases;
import dev.lanes.tests.kit.KernelEntry;
import dev.lanes.tests.kit.Kernels;
import dev.lanes.tests.kit.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of every backend against the reference, over every case of its slot. */
class KernelConformanceTest {
    private static Parallel team;
    private static Workspace workspace;

    @BeforeAll
    static void start() {
        team = Parallel.ofThreads(2, Parallel.DEFAULT_SPIN);
        workspace = new Workspace(team); // one for all kernels: scratch holds what another kernel left in it
    }

    @AfterAll
    static void stop() {
        team.close();
    }

    static List<KernelEntry<?, ?>> kernels() {
        return Kernels.all().stream().filter(e -> !e.isRepeated()).toList();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    <G, K extends Kernel<G>> void should_agree_with_the_reference(KernelEntry<G, K> entry) {
        List<Case<G, K>> cases = entry.cases();
        if (cases.isEmpty() && Cases.filtered()) {
            abort("lanes.tests.case leaves no case");
        }
        assertFalse(cases.isEmpty(), () -> "no case that " + entry + " supports");
        List<String> wrong = new ArrayList<>();
        for (Case<G, K> problem : cases) {
            try {
                entry.check(problem, workspace);
            } catch (AssertionError | RuntimeException e) {
                wrong.add(problem + ": " + e);
            }
        }
        if (!wrong.isEmpty()) {
            String first = wrong.getFirst().substring(0, wrong.getFirst().indexOf(": "));
            fail(entry + ": " + wrong.size() + " of " + cases.size() + " cases are wrong, the first of them\n"
                    + String.join("\n", wrong.subList(0, Math.min(8, wrong.size()))) + "\n" + Seed.replay(first));
        }
    }

    static List<Slot<?, ?>> slots() {
        return Slot.all();
    }

    @ParameterizedTest
    @MethodSource("slots")
    <G, K extends Kernel<G>> void should_have_cases_with_texts_of_their_own(Slot<G, K> slot) {
        List<String> texts =
                Cases.of(slot).stream().map(Object::toString).sorted().toList();
        for (int i = 1; i < texts.size(); i++) {
            assertFalse(texts.get(i).equals(texts.get(i - 1)), "two cases of " + slot + " are " + texts.get(i));
        }
    }

    static List<BackendStatus> backends() {
        return Engine.backends();
    }

    /** Makes a skip of a backend visible in the report, with its reason; one run in CI has to have them all. */
    @ParameterizedTest
    @MethodSource("backends")
    void should_have_run_every_backend(BackendStatus status) {
        if (!status.probe().available()) {
            String skipped = status.name() + ": " + status.probe().reason() + "; "
                    + status.probe().remedy();
            String execution = System.getProperty("lanes.tests.execution", "widest");
            if ("true".equals(System.getenv("CI")) && execution.equals("widest")) {
                fail(skipped);
            }
            abort(skipped);
        }
    }
}
