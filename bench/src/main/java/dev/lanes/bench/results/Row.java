package dev.lanes.bench.results;

import java.util.List;
import java.util.Map;

/**
 * One line of the comparison: one problem at one number of threads. Fields that do not apply are null and left out of
 * the JSON.
 *
 * @param suite {@code kernels}, {@code layers}, {@code training} or {@code ffi}
 * @param kernel the operation, in all suites but training
 * @param shape its problem, in the text form of the geometries
 * @param network in training: the network
 * @param mode in training: {@code train} or {@code infer}
 * @param batch in training: images of one step
 * @param origin where the problem comes from
 * @param threads that worked on it
 * @param oursGflops our rate in thousand millions of floating-point operations a second
 * @param oursSamplesPerS in training: our rate in images a second
 * @param peers the rate of each peer that was measured, in the same unit
 * @param bestPeer the fastest of them; null where there is none
 * @param ratioBestPeer our rate over its, the median over the rounds; above 1 we are faster
 * @param ratioBestPeerInterval the same with its interval
 * @param fmaPeakGflops the most the machine did with nothing but multiply-adds, measured beside this row; half of it in
 *     double precision
 * @param shareOfPeak ours of the largest of the run for that number of threads, see {@link Peaks}; half of it in double
 *     precision; null until the run ends
 * @param oursGbytesPerS bytes of all operands, once each, over our time
 * @param bandwidthGbytesPerS of the memory, measured in the run
 * @param shareOfBandwidth ours of it; above 1 where the operands stay in a cache
 * @param flops of one operation
 * @param bytes of the operands of one operation
 * @param allocatedBytesPerOp on the Java heap by our operation
 * @param clock {@code cpu}: the processor time of the one thread, so that other programs do not count; {@code wall}
 * @param valid whether the row may be plotted
 * @param invalidReasons why not
 * @param contestants ours first, then the peers
 * @param missing peers without a measurement, and the reason
 */
public record Row(
        String suite,
        String kernel,
        String shape,
        String network,
        String mode,
        Integer batch,
        String origin,
        int threads,
        Double oursGflops,
        Double oursSamplesPerS,
        Map<String, Double> peers,
        String bestPeer,
        Double ratioBestPeer,
        Interval ratioBestPeerInterval,
        Double fmaPeakGflops,
        Double shareOfPeak,
        Double oursGbytesPerS,
        Double bandwidthGbytesPerS,
        Double shareOfBandwidth,
        Double flops,
        Double bytes,
        Double allocatedBytesPerOp,
        String clock,
        boolean valid,
        List<String> invalidReasons,
        List<Contestant> contestants,
        Map<String, String> missing) {
    /** Returns the same with another share of the peak. */
    Row withShareOfPeak(Double share) {
        return new Row(
                suite,
                kernel,
                shape,
                network,
                mode,
                batch,
                origin,
                threads,
                oursGflops,
                oursSamplesPerS,
                peers,
                bestPeer,
                ratioBestPeer,
                ratioBestPeerInterval,
                fmaPeakGflops,
                share,
                oursGbytesPerS,
                bandwidthGbytesPerS,
                shareOfBandwidth,
                flops,
                bytes,
                allocatedBytesPerOp,
                clock,
                valid,
                invalidReasons,
                contestants,
                missing);
    }
}
