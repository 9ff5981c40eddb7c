package dev.lanes.tests.kit;

import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.List;

/**
 * One kernel of one backend's table, as the parameter of a test.
 *
 * @param backend the first backend that has it
 * @param vectorBits the width of that backend's vectors; 0 where it has none
 * @param deterministic whether that backend promises the same bits for every number of threads and every width
 * @param slot the operation
 * @param kernel the algorithm
 */
public record KernelEntry<G, K extends Kernel<G>>(
        String backend, int vectorBits, boolean deterministic, Slot<G, K> slot, K kernel) {

    /** Returns the problems that the kernel supports. */
    public List<Case<G, K>> cases() {
        return Cases.of(slot).stream()
                .filter(c -> kernel.supports(c.geometry()))
                .toList();
    }

    /** Tells whether this is a reference kernel, which sums in double and rounds once. */
    public boolean isReference() {
        return kernel.name().equals("reference");
    }

    /** Tells whether another run of the build has this kernel: the reference needs the run without vectors alone. */
    public boolean isRepeated() {
        String execution = System.getProperty("lanes.tests.execution");
        return isReference() && execution != null && !execution.equals("no-vector-module");
    }

    /** Checks one of the {@link #cases}; see {@link Conformance#check}. */
    public void check(Case<G, K> problem, Workspace workspace) {
        Conformance.check(kernel, problem, workspace);
    }

    /** Returns the slot, the kernel, and whose it is. */
    @Override
    public String toString() {
        return slot + " " + kernel.name() + " (" + backend + (vectorBits == 0 ? ")" : " " + vectorBits + ")");
    }
}
