/** Peers that are written in Java or called through it. */
package dev.lanes.bench.peers;
