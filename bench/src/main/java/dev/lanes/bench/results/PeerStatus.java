package dev.lanes.bench.results;

import java.util.Map;

/**
 * A peer, and whether it took part.
 *
 * @param name as in the rows
 * @param available whether it could be run here
 * @param version what it says of itself; empty where it is not available
 * @param core the processor that it chose its kernels for, where it says so
 * @param reason why it did not take part, and what would help; empty where it did
 * @param environment variables that were set for it, of those that steer such libraries; folders relative to the project
 */
public record PeerStatus(
        String name, boolean available, String version, String core, String reason, Map<String, String> environment) {}
