package dev.lanes.openblas;

import java.util.List;
import java.util.Locale;

/**
 * How an operating system and processor spell the files of OpenBLAS.
 *
 * @param name as in the classifiers of {@code org.bytedeco}: {@code linux-x86_64}, {@code macosx-arm64}
 * @param library the file in the jar of {@code org.bytedeco:openblas}
 * @param siblings what may lie beside it and is loaded with it; not every platform has all
 * @param systemNames what the system's loader is asked for, in this order
 */
record Platform(String name, String library, List<String> siblings, List<String> systemNames) {
    /** What {@code org.bytedeco:openblas} is published for. */
    static final List<String> PUBLISHED =
            List.of("linux-x86_64", "linux-arm64", "linux-ppc64le", "macosx-x86_64", "macosx-arm64", "windows-x86_64");

    /** Returns the platform of this JVM. */
    static Platform here() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Returns the platform that a JVM describes by its properties {@code os.name} and {@code os.arch}. */
    static Platform of(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        String processor = switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
        if (system.startsWith("windows")) {
            return new Platform(
                    "windows-" + processor,
                    "libopenblas.dll",
                    List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libquadmath-0.dll", "libgfortran-5.dll"),
                    List.of("libopenblas.dll", "openblas.dll"));
        }
        if (system.startsWith("mac")) {
            return new Platform(
                    "macosx-" + processor,
                    "libopenblas.0.dylib",
                    List.of("libgcc_s.1.1.dylib", "libgcc_s.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib"),
                    List.of(
                            "libopenblas.0.dylib",
                            "libopenblas.dylib",
                            "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
                            "/usr/local/opt/openblas/lib/libopenblas.dylib"));
        }
        return new Platform(
                "linux-" + processor,
                "libopenblas.so.0",
                List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libgfortran.so.4"),
                List.of("libopenblas.so.0", "libopenblas.so"));
    }
}
