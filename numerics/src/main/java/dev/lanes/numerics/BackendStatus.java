package dev.lanes.numerics;

import dev.lanes.numerics.spi.Probe;

/**
 * A backend by name, and what it said when it was asked whether it can be used here.
 *
 * @param name what {@link Engine.Builder#backend} takes
 * @param probe whether it can be used, why or why not, and what would make it usable
 */
public record BackendStatus(String name, Probe probe) {}
