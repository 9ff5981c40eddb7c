package dev.lanes.numerics.kernels.vector.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Reads flags of the HotSpot JVM where it is one and the module jdk.management is there. */
public final class HotSpotFlags {
    private HotSpotFlags() {}

    /** Returns the value of a flag, or {@code unknown} where it cannot be asked. */
    public static String value(String flag, String unknown) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? unknown : bean.getVMOption(flag).getValue();
        } catch (LinkageError | IllegalArgumentException absent) {
            return unknown; // a runtime image without the module, another JVM, or a flag that it does not have
        }
    }
}
