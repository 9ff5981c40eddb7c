package dev.lanes.openblas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A loaded library that was recognised as OpenBLAS.
 *
 * <p>Two things differ between builds: the width of the integers (32 bits, or 64 with {@code USE64BITINT} in the
 * configuration), and what is put around each name ({@code 64_} behind it by many 64-bit builds, {@code scipy_} before
 * it by the builds for Python). Both are found out here, so that nobody else need know.
 */
final class OpenBlasLibrary {
    private static final List<String> PREFIXES = List.of("", "scipy_");
    private static final List<String> SUFFIXES = List.of("", "64_");
    private static final List<String> NEEDED = List.of(
            "openblas_get_config",
            "openblas_get_corename",
            "openblas_set_num_threads",
            "openblas_get_num_threads",
            "cblas_sgemm",
            "cblas_dgemm",
            "cblas_sgemv",
            "cblas_dgemv");

    private final SymbolLookup symbols;
    private final String location;
    private final String prefix;
    private final String suffix;
    private final String config;
    private final String core;

    private OpenBlasLibrary(SymbolLookup symbols, String location, String prefix, String suffix) {
        this.symbols = symbols;
        this.location = location;
        this.prefix = prefix;
        this.suffix = suffix;
        this.config = string("openblas_get_config");
        this.core = string("openblas_get_corename");
    }

    /** Returns the library, or throws where it is another one, or one that contradicts itself. */
    static OpenBlasLibrary recognise(SymbolLookup symbols, String location) throws Refused {
        for (String prefix : PREFIXES) {
            for (String suffix : SUFFIXES) {
                if (symbols.find(prefix + "cblas_sgemm" + suffix).isPresent()) {
                    return recognise(symbols, location, prefix, suffix);
                }
            }
        }
        throw new Refused(location + " has no cblas_sgemm");
    }

    private static OpenBlasLibrary recognise(SymbolLookup symbols, String location, String prefix, String suffix)
            throws Refused {
        for (String name : NEEDED) {
            if (symbols.find(prefix + name + suffix).isEmpty()) {
                throw new Refused(location + " is not OpenBLAS: it has no " + prefix + name + suffix);
            }
        }
        OpenBlasLibrary library = new OpenBlasLibrary(symbols, location, prefix, suffix);
        if (!suffix.isEmpty() && !library.wide()) {
            throw new Refused(location + " contradicts itself: its names end in " + suffix
                    + ", but its configuration does not say USE64BITINT: " + library.config);
        }
        library.checkProduct();
        return library;
    }

    /** Multiplies two small matrices, so that a library that is called wrongly is found out before it is relied on. */
    private void checkProduct() throws Refused {
        float[] expected = {1 * 1 + 2 * 3, 1 * 2 + 2 * 4, 3 * 1 + 4 * 3, 3 * 2 + 4 * 4, 5 * 1 + 6 * 3, 5 * 2 + 6 * 4};
        MethodHandle sgemm = bind("cblas_sgemm", 'v', Cblas.SGEMM_PARAMETERS);
        float[] product;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocateFrom(JAVA_FLOAT, 1, 2, 3, 4, 5, 6);
            MemorySegment b = arena.allocateFrom(JAVA_FLOAT, 1, 2, 3, 4);
            MemorySegment c = arena.allocateFrom(JAVA_FLOAT, 9, 9, 9, 9, 9, 9);
            sgemm.invokeExact(Cblas.ROW_MAJOR, Cblas.PLAIN, Cblas.PLAIN, 3, 2, 2, 1f, a, 2, b, 2, 0f, c, 2);
            product = c.toArray(JAVA_FLOAT);
        } catch (Throwable t) {
            throw new Refused("cblas_sgemm of " + location + " cannot be called: " + t, t);
        }
        if (!Arrays.equals(product, expected)) {
            throw new Refused(location + " multiplies wrongly: " + Arrays.toString(product) + " for "
                    + Arrays.toString(expected) + "; its configuration is " + config);
        }
    }

    /** Returns the file, or the name under which the system has it. */
    String location() {
        return location;
    }

    /** Returns version and build options, as the library tells them. */
    String config() {
        return config;
    }

    /** Returns the processor whose kernels the library has chosen. */
    String core() {
        return core;
    }

    /** Tells whether integers have 64 bits. */
    boolean wide() {
        return config.contains("USE64BITINT");
    }

    /**
     * Returns a handle on a function; its integers are {@code int} whatever they are in the library.
     *
     * @param result the type of the result, as a letter of {@code parameters}; {@code v} for none
     * @param parameters one letter each: {@code e} an enum, {@code i} an integer, {@code f} float, {@code d} double,
     *     {@code p} a pointer
     */
    @SuppressWarnings("restricted") // this module is started with --enable-native-access, or does not come here
    MethodHandle bind(String name, char result, String parameters, Linker.Option... options) {
        List<MemoryLayout> layouts = new ArrayList<>();
        parameters.chars().forEach(letter -> layouts.add(layout((char) letter)));
        MemoryLayout[] arguments = layouts.toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor =
                result == 'v' ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(layout(result), arguments);
        MethodHandle handle = Linker.nativeLinker()
                .downcallHandle(symbols.find(prefix + name + suffix).orElseThrow(), descriptor, options);
        MethodType narrow = handle.type();
        for (int i = 0; i < parameters.length(); i++) {
            if (parameters.charAt(i) == 'i') {
                narrow = narrow.changeParameterType(i, int.class);
            }
        }
        return handle.asType(narrow);
    }

    private MemoryLayout layout(char letter) {
        return switch (letter) {
            case 'e' -> JAVA_INT;
            case 'i' -> wide() ? JAVA_LONG : JAVA_INT;
            case 'f' -> JAVA_FLOAT;
            case 'd' -> JAVA_DOUBLE;
            case 'p' -> ADDRESS;
            default -> throw new IllegalArgumentException("no type has the letter " + letter);
        };
    }

    @SuppressWarnings("restricted")
    private String string(String function) {
        try {
            MemorySegment text = (MemorySegment) bind(function, 'p', "").invokeExact();
            return text.address() == 0
                    ? ""
                    : text.reinterpret(Long.MAX_VALUE).getString(0).strip();
        } catch (Throwable t) {
            throw new IllegalStateException(function + " of " + location + " failed", t);
        }
    }
}
