package dev.lanes.bench.report;

import dev.lanes.bench.results.Contestant;
import dev.lanes.bench.results.Interval;
import dev.lanes.bench.results.Machine;
import dev.lanes.bench.results.PeerStatus;
import dev.lanes.bench.results.Report;
import dev.lanes.bench.results.Row;
import java.util.List;
import java.util.Map;

/** Reports made up for tests. */
final class Reports {
    /** Text that does damage wherever it is taken for something else than text. */
    static final String HOSTILE = "</script><script>document.body.dataset.hacked='yes'</script>"
            + "<img src=x onerror=\"document.body.dataset.hacked='yes'\">\"'|`*\u2028\n=1+1,é";

    private Reports() {}

    static Report of(Row... rows) {
        return of(machine("processor"), false, rows);
    }

    static Report of(Machine machine, boolean partial, Row... rows) {
        return new Report(
                Report.FORMAT,
                "kernels",
                "quick",
                "lanes bench kernels --quick",
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:06:05Z",
                partial,
                partial ? "it was interrupted" : "",
                machine,
                List.of(rows),
                List.of(),
                List.of());
    }

    static Machine machine(String cpu) {
        return machine(cpu, 0.1, 0.2);
    }

    /** A machine of two cores with such load averages before and after the run. */
    static Machine machine(String cpu, double loadBefore, double loadAfter) {
        return new Machine(
                "0.1.0",
                "25",
                "OpenJDK",
                List.of("--add-modules=jdk.incubator.vector"),
                "Linux",
                cpu,
                List.of("avx2"),
                2,
                1L << 33,
                loadBefore,
                loadAfter,
                "vector",
                "vector",
                256,
                Map.of("1", 100.0, "2", 200.0),
                Map.of("1", 10.0, "2", 15.0),
                Map.of("1", 11.0, "2", 16.0),
                List.of(),
                List.of(
                        new PeerStatus("openblas", true, "0.3", "Haswell", "", Map.of()),
                        new PeerStatus("mkl", false, "", "", "it was not downloaded", Map.of())));
    }

    /** A row that takes so many nanoseconds, give or take one in a hundred, beside a peer that takes 1000. */
    static Row row(String kernel, String shape, int threads, double nanos) {
        return row(kernel, shape, "a network", threads, nanos, true);
    }

    /** The same with a peak that was measured beside it. */
    static Row row(String kernel, String shape, int threads, double nanos, double peak) {
        return row("kernels", kernel, shape, "a network", threads, nanos, peak, 1, true);
    }

    /** The same on a core that another program had as well: on the wall it took so many times its processor time. */
    static Row disturbed(String shape, double wallOverCpu) {
        return row("kernels", "sgemm", shape, "a network", 1, 500, 100, wallOverCpu, true);
    }

    static Row row(String kernel, String shape, String origin, int threads, double nanos, boolean valid) {
        return row("kernels", kernel, shape, origin, threads, nanos, 100.0 * threads, 1, valid);
    }

    /** A product of the suite that calls OpenBLAS through the engine. */
    static Row throughTheBindings(String shape, double nanos) {
        return row("ffi", "sgemm", shape, "a network", 1, nanos, 100, 1, true);
    }

    private static Row row(
            String suite,
            String kernel,
            String shape,
            String origin,
            int threads,
            double nanos,
            double peak,
            double wallOverCpu,
            boolean valid) {
        Interval ours = around(nanos);
        Interval ratio = around(1000 / nanos);
        return new Row(
                suite,
                kernel,
                shape,
                null,
                null,
                null,
                origin,
                threads,
                50_000 / nanos,
                null,
                Map.of("openblas", 50.0),
                "openblas",
                ratio.median(),
                ratio,
                peak,
                50_000 / nanos / peak,
                1000 / nanos,
                10.0,
                100 / nanos,
                50_000.0,
                1000.0,
                0.0,
                "cpu",
                valid,
                valid ? List.of() : List.of("the rounds differ too much"),
                List.of(
                        new Contestant(
                                "lanes", "blocked", ours, nanos, nanos, 0.01, List.of(nanos), 10, wallOverCpu, null),
                        new Contestant(
                                "openblas", "sgemm", around(1000), 1000, 1000, 0.01, List.of(1000.0), 10, 1.0, ratio)),
                Map.of("mkl", "it was not downloaded"));
    }

    private static Interval around(double value) {
        return new Interval(value, value * 0.99, value * 1.01);
    }
}
