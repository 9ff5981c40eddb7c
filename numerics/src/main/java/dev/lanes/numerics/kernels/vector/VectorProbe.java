package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.kernels.vector.simd.HotSpotFlags;
import dev.lanes.numerics.spi.Probe;
import java.util.Set;

/**
 * Decides whether the vector kernels would be fast here. A silent fall-back to emulated vectors is slower than plain
 * loops by orders of magnitude, so each way in which that happens is looked for and named.
 */
final class VectorProbe {
    private static final String MODULE = "jdk.incubator.vector";
    private static final Set<String> WIDTHS = Set.of("128", "256", "512");
    private static final Probe ANSWER = examine();

    private VectorProbe() {}

    static Probe answer() {
        return ANSWER;
    }

    private static Probe examine() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Probe.unusable(
                    "the module " + MODULE + " is not in this JVM's graph",
                    "start Java with --add-modules " + MODULE + " (or put it in JDK_JAVA_OPTIONS)");
        }
        if (System.getProperty("java.vm.info", "").startsWith("interpreted")) {
            return Probe.unusable("the JVM only interprets (-Xint)", "start Java without -Xint");
        }
        if (!"true".equals(HotSpotFlags.value("UseCompiler", "true"))
                || !"4".equals(HotSpotFlags.value("TieredStopAtLevel", "4"))) {
            return Probe.unusable(
                    "the optimising compiler C2 is off (TieredStopAtLevel), and vectors without it are emulated",
                    "start Java without -XX:TieredStopAtLevel or -client");
        }
        if (!"true".equals(HotSpotFlags.value("UseFMA", "true"))) {
            return Probe.unusable(
                    "this processor or JVM has no fused multiply-add, which would be emulated",
                    "use a processor with FMA (x86-64 from 2013 on, every AArch64), and no -XX:-UseFMA");
        }
        String forced = System.getProperty("lanes.vectorBits");
        if (forced != null && !WIDTHS.contains(forced)) {
            return Probe.unusable(
                    "-Dlanes.vectorBits=" + forced + " is not a width", "use 128, 256 or 512, or leave it out");
        }
        int widest = VectorKernels.widestBits();
        int bits = forced == null ? Math.min(512, widest) : Integer.parseInt(forced);
        if (bits > widest) {
            return Probe.unusable(
                    "-Dlanes.vectorBits=" + forced + " asks for more than the " + widest + " bits of this processor",
                    "use " + widest + ", or leave it out");
        }
        if (bits < 128) {
            return Probe.unusable(
                    "the widest vector here has " + bits + " bits", "use a processor with vectors of 128 bits or more");
        }
        return Probe.usable(bits + "-bit vectors" + (forced == null ? "" : " (forced; " + widest + " here)"));
    }
}
