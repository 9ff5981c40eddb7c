package dev.lanes.numerics.kernels;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The policy: for each operation an ordered list of algorithms, most special first, the reference last. The first
 * whose {@link Kernel#supports} holds is used.
 *
 * <p>A backend fills its table by starting from the reference and adding what is better before it. The dispatcher,
 * the conformance tests and the benchmarks all read this one table; a kernel that is not in it does not exist.
 *
 * <p>{@code -Dlanes.kernel.SLOT=NAME} moves one algorithm to the front of its list, for comparison;
 * {@code -Dlanes.trace=true} prints each choice to standard error. Immutable, safe for any thread.
 */
public final class KernelTable {
    private static final Consumer<Choice> TRACE =
            Boolean.getBoolean("lanes.trace") ? choice -> System.err.println("lanes: " + choice) : null;

    private final Map<Slot<?, ?>, List<? extends Kernel<?>>> lists;
    /** Who is told of each choice; null where nobody listens. */
    private final Consumer<Choice> listener;

    private KernelTable(Map<Slot<?, ?>, List<? extends Kernel<?>>> lists, Consumer<Choice> listener) {
        this.lists = lists;
        this.listener = listener;
    }

    /** One choice: the operation, its problem, and the algorithm for it. */
    public record Choice(Slot<?, ?> slot, Object geometry, Kernel<?> kernel) {
        /** Returns operation, problem and algorithm in one line. */
        @Override
        public String toString() {
            return slot + " | " + geometry + " | " + kernel.name();
        }
    }

    /** Returns this table, telling the listener of each choice; it may be called from any thread. */
    public KernelTable telling(Consumer<Choice> told) {
        return new KernelTable(lists, TRACE == null ? told : TRACE.andThen(told));
    }

    /** Returns the algorithm to use for a problem. */
    public <G, K extends Kernel<G>> K choose(Slot<G, K> slot, G geometry) {
        List<K> list = candidates(slot);
        for (int i = 0; i < list.size(); i++) {
            K kernel = list.get(i);
            if (kernel.supports(geometry)) {
                if (listener != null) {
                    listener.accept(new Choice(slot, geometry, kernel));
                }
                return kernel;
            }
        }
        throw new IllegalStateException("no kernel for " + slot + " " + geometry + "; the reference must take all");
    }

    /** Returns the algorithms of an operation in the order in which they are tried. */
    @SuppressWarnings("unchecked") // the builder stores lists of K under Slot<G, K> alone
    public <G, K extends Kernel<G>> List<K> candidates(Slot<G, K> slot) {
        return (List<K>) lists.get(slot);
    }

    /** Collects the algorithms of one backend. */
    public static final class Builder {
        private final Map<Slot<?, ?>, List<Kernel<?>>> lists = new IdentityHashMap<>();

        /** Begins with every slot empty. */
        public Builder() {}

        /** Adds an algorithm before those that the slot has already. */
        public <G, K extends Kernel<G>> Builder prefer(Slot<G, K> slot, K kernel) {
            List<Kernel<?>> list = lists.computeIfAbsent(slot, s -> new ArrayList<>());
            if (list.stream().anyMatch(k -> k.name().equals(kernel.name()))) {
                throw new IllegalArgumentException("two kernels named " + kernel.name() + " for " + slot);
            }
            list.addFirst(kernel);
            return this;
        }

        /**
         * Returns the finished table.
         *
         * @throws IllegalStateException if a slot has no algorithm
         * @throws IllegalArgumentException if a property {@code lanes.kernel.SLOT} names an algorithm that is not there
         */
        public KernelTable build() {
            Map<Slot<?, ?>, List<? extends Kernel<?>>> finished = new IdentityHashMap<>();
            for (Slot<?, ?> slot : Slot.all()) {
                List<Kernel<?>> list = lists.get(slot);
                if (list == null) {
                    throw new IllegalStateException("no kernel for " + slot);
                }
                finished.put(slot, List.copyOf(forced(slot, list)));
            }
            return new KernelTable(finished, TRACE);
        }

        private static List<Kernel<?>> forced(Slot<?, ?> slot, List<Kernel<?>> list) {
            String property = "lanes.kernel." + slot.name();
            String name = System.getProperty(property);
            if (name == null) {
                return list;
            }
            List<Kernel<?>> reordered = new ArrayList<>(list);
            Kernel<?> first = list.stream()
                    .filter(k -> k.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("-D" + property + "=" + name + ": there are "
                            + list.stream().map(Kernel::name).collect(Collectors.joining(", "))));
            reordered.remove(first);
            reordered.addFirst(first);
            return reordered;
        }
    }
}
