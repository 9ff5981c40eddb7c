/**
 * What the suites share: problems for every kernel, memory that notices misuse, and the one place with tolerances.
 *
 * <p>The path of a check: {@link dev.lanes.tests.kit.Cases} makes the problems of a slot, {@link
 * dev.lanes.tests.kit.Conformance} runs a kernel and the reference on one of them in the {@link
 * dev.lanes.tests.kit.Memory} of its choice, {@link dev.lanes.tests.kit.Tolerance} judges the difference. A new
 * operation needs one {@link dev.lanes.tests.kit.Case} class and one line in {@code Cases}; kernels need nothing.
 */
package dev.lanes.tests.kit;
