package dev.lanes.cli.doctor;

import java.util.List;

/**
 * What there is to know of this machine's fitness, for machines: {@code --json}.
 *
 * @param lanes version of this program
 * @param jdk version of the JDK
 * @param vm name and version of the virtual machine
 * @param system operating system and processor architecture
 * @param cores that the JVM may use
 * @param vectorModule whether {@code jdk.incubator.vector} is there
 * @param fma whether the JVM uses fused multiply-adds; {@code unknown} where it does not say
 * @param backend that would be used
 * @param vectorBits its width
 * @param backends every backend, and what it says of itself
 * @param rates what it did in a short measurement
 */
record Diagnosis(
        String lanes,
        String jdk,
        String vm,
        String system,
        int cores,
        boolean vectorModule,
        String fma,
        String backend,
        int vectorBits,
        List<Backend> backends,
        List<Rate> rates) {

    /**
     * @param name of the backend
     * @param available whether it can be used here
     * @param reason what it found, or why it cannot be used
     * @param remedy what would make it usable
     */
    record Backend(String name, boolean available, String reason, String remedy) {}

    /**
     * @param threads that worked
     * @param gemmGflops rate of a matrix product, median of several
     * @param fmaPeakGflops the most that the machine did with nothing but multiply-adds; 0 where not measured
     * @param share the one as part of the other; 0 where not measured
     */
    record Rate(int threads, double gemmGflops, double fmaPeakGflops, double share) {}
}
