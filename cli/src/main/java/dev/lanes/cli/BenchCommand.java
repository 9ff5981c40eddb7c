package dev.lanes.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code lanes bench}, for the list of commands: the launcher runs it as a program of its own, because it needs libraries
 * that nothing else here wants.
 */
@Command(name = "bench", description = "Measures lanes beside other libraries and writes a report.")
final class BenchCommand implements Runnable {
    @Unmatched
    private String[] rest;

    @Override
    public void run() {
        throw new MisuseException("bench is started by the launcher alone: ./lanes bench " + String.join(" ", rest));
    }
}
