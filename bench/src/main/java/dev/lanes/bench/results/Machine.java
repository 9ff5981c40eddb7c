package dev.lanes.bench.results;

import java.util.List;
import java.util.Map;

/**
 * What the numbers were measured on.
 *
 * @param lanes version of this program
 * @param jdk version of the JDK
 * @param vm name and version of the virtual machine
 * @param vmFlags flags of the measured JVMs, all of them
 * @param system operating system, its version and the architecture
 * @param cpu name of the processor
 * @param cpuFeatures those of its instruction sets that matter here
 * @param cores that the JVM may use
 * @param memoryBytes of the machine; 0 where unknown
 * @param loadBefore the machine's load average when the run began; negative where unknown
 * @param loadAfter the same at the end
 * @param wantedBackend that the rows are meant for
 * @param backend that was resolved
 * @param vectorBits its width
 * @param fmaPeakGflops of single precision: the largest that was measured beside a row, by number of threads
 * @param triadGbytesPerS memory bandwidth of {@code a = b + s * c} off the caches, measured in the run, by threads
 * @param readGbytesPerS memory bandwidth of a sum off the caches, measured in the run, by threads
 * @param removedPresets variables that were set and would have steered the peers; taken away for the run; without the
 *     folders of the machine
 * @param peers every peer, and why it is missing where it is
 */
public record Machine(
        String lanes,
        String jdk,
        String vm,
        List<String> vmFlags,
        String system,
        String cpu,
        List<String> cpuFeatures,
        int cores,
        long memoryBytes,
        double loadBefore,
        double loadAfter,
        String wantedBackend,
        String backend,
        int vectorBits,
        Map<String, Double> fmaPeakGflops,
        Map<String, Double> triadGbytesPerS,
        Map<String, Double> readGbytesPerS,
        List<String> removedPresets,
        List<PeerStatus> peers) {
    /** Returns the same with other peaks. */
    Machine withFmaPeakGflops(Map<String, Double> peaks) {
        return new Machine(
                lanes,
                jdk,
                vm,
                vmFlags,
                system,
                cpu,
                cpuFeatures,
                cores,
                memoryBytes,
                loadBefore,
                loadAfter,
                wantedBackend,
                backend,
                vectorBits,
                peaks,
                triadGbytesPerS,
                readGbytesPerS,
                removedPresets,
                peers);
    }
}
