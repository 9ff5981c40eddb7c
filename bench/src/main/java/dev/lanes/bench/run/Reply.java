package dev.lanes.bench.run;

/**
 * One line that a worker answers a command with.
 *
 * @param error why the command failed; null where it did not. Missing operations are errors too
 * @param detail of a contestant its version, of a problem what runs
 * @param core the processor that the library chose its kernels for
 * @param invalid why results must not be plotted; empty or null where all is well
 * @param nanos of one operation: the median of the round's batches; of a measurement of the machine its value
 * @param wallOverCpu the round's time on the wall over the processor time of the thread
 * @param calls operations in the round
 * @param allocated bytes on the Java heap by one operation
 * @param jmh all forks of the problem so far in the form of JMH's own JSON; null where JMH did not run
 */
record Reply(
        String error,
        String detail,
        String core,
        String invalid,
        double nanos,
        double wallOverCpu,
        long calls,
        double allocated,
        String jmh) {
    static Reply failed(String reason) {
        return new Reply(reason, null, null, null, 0, 0, 0, 0, null);
    }

    static Reply of(String detail, String core, String invalid) {
        return new Reply(null, detail, core, invalid, 0, 0, 0, 0, null);
    }

    static Reply value(double value) {
        return new Reply(null, null, null, null, value, 0, 0, 0, null);
    }
}
