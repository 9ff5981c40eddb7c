package dev.lanes.tests.kit;

import dev.lanes.numerics.BackendStatus;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every kernel of every backend that can be used here, read from the backends' own tables. */
public final class Kernels {
    /** One a backend, for the life of the JVM: a kernel may hold memory that goes with its engine. */
    private static final List<Engine> ENGINES = Engine.backends().stream()
            .filter(status -> status.probe().available())
            .map(status -> Engine.builder().backend(status.name()).threads(1).build())
            .toList();

    private Kernels() {}

    /** Returns every kernel once, under the first backend whose table it is in. */
    public static List<KernelEntry<?, ?>> all() {
        List<KernelEntry<?, ?>> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Engine engine : ENGINES) {
            for (Slot<?, ?> slot : Slot.all()) {
                add(entries, seen, engine, slot);
            }
        }
        return entries;
    }

    private static <G, K extends Kernel<G>> void add(
            List<KernelEntry<?, ?>> entries, Set<String> seen, Engine engine, Slot<G, K> slot) {
        for (K kernel : engine.kernels().candidates(slot)) {
            if (seen.add(slot + " " + kernel.getClass().getName() + " " + kernel.name())) {
                entries.add(
                        new KernelEntry<>(engine.backend(), engine.vectorBits(), engine.deterministic(), slot, kernel));
            }
        }
    }

    /** Returns what the backends that cannot be used here say of themselves. */
    public static List<BackendStatus> unavailable() {
        return Engine.backends().stream().filter(s -> !s.probe().available()).toList();
    }
}
