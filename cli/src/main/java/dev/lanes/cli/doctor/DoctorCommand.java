package dev.lanes.cli.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.lanes.cli.Json;
import dev.lanes.cli.Version;
import dev.lanes.formats.AtomicFile;
import dev.lanes.numerics.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanes doctor}: says what lanes runs on here, how fast that is, and what would make it faster. */
@Command(
        name = "doctor",
        description = "Shows the JVM, the vectors and the backends, and measures them for some seconds.")
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same for machines.")
    private Path json;

    /** Made by picocli. */
    public DoctorCommand() {}

    @Override
    public Integer call() throws IOException {
        Diagnosis diagnosis = diagnose();
        print(diagnosis, spec.commandLine().getOut());
        if (json != null) {
            AtomicFile.write(json, out -> Json.write(out, diagnosis));
        }
        return 0;
    }

    private static Diagnosis diagnose() {
        List<Diagnosis.Backend> backends = Engine.backends().stream()
                .map(status -> new Diagnosis.Backend(
                        status.name(),
                        status.probe().available(),
                        status.probe().reason(),
                        status.probe().remedy()))
                .toList();
        int cores = Runtime.getRuntime().availableProcessors();
        List<Diagnosis.Rate> rates = new ArrayList<>();
        String backend = "";
        int bits = 0;
        for (int threads : cores == 1 ? new int[] {1} : new int[] {1, cores}) {
            try (Engine engine = Engine.builder().threads(threads).build()) {
                rates.add(GemmRate.measure(engine));
                backend = engine.backend();
                bits = engine.vectorBits();
            }
        }
        return new Diagnosis(
                Version.ofLanes(),
                Runtime.version().toString(),
                System.getProperty("java.vm.name") + " (" + System.getProperty("java.vm.info") + "), "
                        + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cores,
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                fma(),
                backend,
                bits,
                backends,
                rates);
    }

    private static String fma() {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean == null ? "unknown" : bean.getVMOption("UseFMA").getValue();
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }

    private static void print(Diagnosis d, PrintWriter out) {
        out.println("lanes          " + d.lanes());
        out.println("JDK            " + d.jdk());
        out.println("VM             " + d.vm());
        out.println("system         " + d.system());
        out.println("cores          " + d.cores());
        out.println("vector module  " + (d.vectorModule() ? "present" : "absent"));
        out.println("FMA            " + d.fma());
        out.println("backend        " + d.backend() + (d.vectorBits() == 0 ? "" : ", " + d.vectorBits() + " bits"));
        for (Diagnosis.Backend backend : d.backends()) {
            out.println("  " + (backend.available() ? "+ " : "- ") + backend.name() + ": " + backend.reason()
                    + (backend.remedy().isEmpty() ? "" : "; " + backend.remedy()));
        }
        for (Diagnosis.Rate rate : d.rates()) {
            out.printf(
                    Locale.ROOT,
                    "%-15s%.1f GFLOP/s, matrix product of 512 x 512 x 512%s%n",
                    rate.threads() == 1 ? "1 thread" : rate.threads() + " threads",
                    rate.gemmGflops(),
                    rate.fmaPeakGflops() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", %.0f %% of the measured FMA peak of %.1f",
                                    100 * rate.share(),
                                    rate.fmaPeakGflops()));
        }
    }
}
