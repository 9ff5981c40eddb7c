package dev.lanes.tests.kit;

import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Map;

/**
 * One problem for the kernels of one slot: a geometry, the scalars and options that go with it, and random operands.
 *
 * @param <G> the geometry of the slot
 * @param <K> the form of the slot's kernels
 */
public abstract class Case<G, K extends Kernel<G>> {
    private final Slot<G, K> slot;
    private final G geometry;
    private final String text;

    /**
     * Makes a case.
     *
     * @param variant what the geometry does not say; with it, the text of the case is unique in its slot
     */
    protected Case(Slot<G, K> slot, G geometry, String variant) {
        this.slot = slot;
        this.geometry = geometry;
        this.text = variant.isEmpty() ? geometry.toString() : geometry + " | " + variant;
    }

    /** Takes the operands from the memory, with values from {@link #values}, and calls the kernel once. */
    protected abstract void call(K kernel, Memory memory, Workspace workspace);

    /** Returns how the results are judged. */
    protected abstract Tolerance tolerance();

    /** Returns a fresh source of the operands' values, the same in every run. */
    protected final Values values() {
        return new Values(Seed.random(slot + " " + text));
    }

    /** Returns the operation that this is a problem of. */
    public final Slot<G, K> slot() {
        return slot;
    }

    /** Returns the geometry of the problem. */
    public final G geometry() {
        return geometry;
    }

    /**
     * Runs a kernel on this problem and returns its outputs by name.
     *
     * @throws AssertionError if it wrote where it should not
     */
    public final Map<String, double[]> run(K kernel, Memory.Style style, Workspace workspace) {
        Memory memory = new Memory(style);
        call(kernel, memory, workspace);
        memory.check();
        return memory.results();
    }

    /** Returns the geometry and the variant. */
    @Override
    public final String toString() {
        return text;
    }
}
