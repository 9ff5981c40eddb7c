package dev.lanes.bench.run;

import dev.lanes.bench.results.StartUp;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts fresh JVMs and looks at the clock until they have a result, and until they have settled. */
final class StartUpRun {
    private static final int PATIENCE_SECONDS = 60;

    private StartUpRun() {}

    /** Returns the times of a task over several fresh JVMs. */
    static StartUp measure(String what, String size, int threads, int processes)
            throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> steady = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            one(what, size, threads, first, steady);
        }
        String task =
                what.equals("sgemm") ? "matrix product of " + size + " x " + size + " x " + size : what + ", " + size;
        return new StartUp(
                task,
                threads,
                Statistics.median(first.stream().mapToDouble(d -> d).toArray()),
                Statistics.median(steady.stream().mapToDouble(d -> d).toArray()),
                first,
                steady);
    }

    private static void one(String what, String size, int threads, List<Double> first, List<Double> steady)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector"); // as a user starts it, nothing else
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FirstResult.class.getName()));
        command.addAll(List.of(what, size, Integer.toString(threads)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Presets.remove(builder.environment());
        long begin = System.nanoTime();
        Process process = builder.start();
        double firstMillis = Double.NaN;
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(FirstResult.FIRST)) {
                    firstMillis = (System.nanoTime() - begin) * 1e-6;
                    first.add(firstMillis);
                } else if (line.startsWith(FirstResult.STEADY)) {
                    steady.add(firstMillis + Long.parseLong(line.substring(FirstResult.STEADY.length())) * 1e-6);
                }
            }
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
