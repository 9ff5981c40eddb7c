package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds of OpenBLAS that this machine has not, played by functions written in Java. */
@SuppressWarnings("restricted") // the build gives native access to tests
class OpenBlasLibraryTest {
    private Arena arena;
    private final Map<String, MemorySegment> functions = new HashMap<>();

    @BeforeEach
    void begin() {
        arena = Arena.ofShared();
    }

    @AfterEach
    void end() {
        arena.close();
    }

    /** The product of {@link OpenBlasLibrary}'s check, as a library with 32-bit integers has it. */
    static void sgemm32(
            int order,
            int transA,
            int transB,
            int m,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            float beta,
            MemorySegment c,
            int ldc) {
        sgemm64(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    }

    /** The same with 64-bit integers. */
    static void sgemm64(
            int order,
            int transA,
            int transB,
            long m,
            long n,
            long k,
            float alpha,
            MemorySegment a,
            long lda,
            MemorySegment b,
            long ldb,
            float beta,
            MemorySegment c,
            long ldc) {
        for (long i = 0; i < m; i++) {
            for (long j = 0; j < n; j++) {
                float sum = 0;
                for (long p = 0; p < k; p++) {
                    sum += at(a, i * lda + p) * at(b, p * ldb + j);
                }
                c.reinterpret(Long.MAX_VALUE).setAtIndex(ValueLayout.JAVA_FLOAT, i * ldc + j, sum);
            }
        }
    }

    private static float at(MemorySegment segment, long index) {
        return segment.reinterpret(Long.MAX_VALUE).getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    private static MemorySegment itself(MemorySegment text) {
        return text;
    }

    private SymbolLookup library(String prefix, String suffix, boolean wide, String config) throws Exception {
        var lookup = MethodHandles.lookup();
        var integer = wide ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT;
        Class<?> number = wide ? long.class : int.class;
        MethodHandle sgemm = lookup.findStatic(
                OpenBlasLibraryTest.class,
                wide ? "sgemm64" : "sgemm32",
                MethodType.methodType(
                        void.class,
                        int.class,
                        int.class,
                        int.class,
                        number,
                        number,
                        number,
                        float.class,
                        MemorySegment.class,
                        number,
                        MemorySegment.class,
                        number,
                        float.class,
                        MemorySegment.class,
                        number));
        MemorySegment product = Linker.nativeLinker()
                .upcallStub(
                        sgemm,
                        FunctionDescriptor.ofVoid(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                integer,
                                integer,
                                integer,
                                ValueLayout.JAVA_FLOAT,
                                ValueLayout.ADDRESS,
                                integer,
                                ValueLayout.ADDRESS,
                                integer,
                                ValueLayout.JAVA_FLOAT,
                                ValueLayout.ADDRESS,
                                integer),
                        arena);
        for (String name : new String[] {"cblas_sgemm", "cblas_dgemm", "cblas_sgemv", "cblas_dgemv"}) {
            functions.put(prefix + name + suffix, product); // the others are never called here
        }
        functions.put(prefix + "openblas_get_num_threads" + suffix, product);
        functions.put(prefix + "openblas_set_num_threads" + suffix, product);
        functions.put(prefix + "openblas_get_config" + suffix, text(config));
        functions.put(prefix + "openblas_get_corename" + suffix, text("Zen"));
        return name -> Optional.ofNullable(functions.get(name));
    }

    private MemorySegment text(String value) throws Exception {
        MethodHandle itself = MethodHandles.lookup()
                .findStatic(
                        OpenBlasLibraryTest.class,
                        "itself",
                        MethodType.methodType(MemorySegment.class, MemorySegment.class));
        return Linker.nativeLinker()
                .upcallStub(
                        itself.bindTo(arena.allocateFrom(value)), FunctionDescriptor.of(ValueLayout.ADDRESS), arena);
    }

    @Test
    void should_recognise_a_build_with_32_bit_integers() throws Exception {
        OpenBlasLibrary library =
                OpenBlasLibrary.recognise(library("", "", false, "OpenBLAS 0.3.31 DYNAMIC_ARCH "), "here");

        assertFalse(library.wide());
        assertEquals("OpenBLAS 0.3.31 DYNAMIC_ARCH", library.config());
        assertEquals("Zen", library.core());
        assertEquals("here", library.location());
    }

    @Test
    void should_recognise_builds_with_64_bit_integers() throws Exception {
        for (String prefix : new String[] {"", "scipy_"}) {
            for (String suffix : new String[] {"", "64_"}) {
                functions.clear();
                SymbolLookup symbols = library(prefix, suffix, true, "OpenBLAS 0.3.31 USE64BITINT");
                OpenBlasLibrary library = OpenBlasLibrary.recognise(symbols, "here");

                assertTrue(library.wide());
                assertEquals(
                        MethodType.methodType(void.class, int.class, int.class, MemorySegment.class),
                        library.bind("cblas_sgemv", 'v', "eip").type());
            }
        }
    }

    @Test
    void should_refuse_a_build_that_contradicts_itself() throws Exception {
        SymbolLookup symbols = library("", "64_", true, "OpenBLAS 0.3.31");
        Refused refused = assertThrows(Refused.class, () -> OpenBlasLibrary.recognise(symbols, "here"));

        assertEquals(
                "here contradicts itself: its names end in 64_, but its configuration does not say USE64BITINT:"
                        + " OpenBLAS 0.3.31",
                refused.getMessage());
    }

    @Test
    void should_refuse_the_reference_blas() throws Exception {
        SymbolLookup symbols = library("", "", false, "");
        functions.remove("openblas_get_config");
        Refused refused = assertThrows(Refused.class, () -> OpenBlasLibrary.recognise(symbols, "libblas.so.3"));

        assertEquals("libblas.so.3 is not OpenBLAS: it has no openblas_get_config", refused.getMessage());
    }

    @Test
    void should_refuse_what_has_no_product_or_a_wrong_one() throws Exception {
        Refused none = assertThrows(Refused.class, () -> OpenBlasLibrary.recognise(name -> Optional.empty(), "here"));
        assertEquals("here has no cblas_sgemm", none.getMessage());

        SymbolLookup symbols = library("", "", false, "OpenBLAS 0.3.31");
        functions.put("cblas_sgemm", functions.get("openblas_get_corename")); // does nothing to C
        Refused wrong = assertThrows(Refused.class, () -> OpenBlasLibrary.recognise(symbols, "here"));
        assertTrue(wrong.getMessage().startsWith("here multiplies wrongly: [9.0, "), wrong::getMessage);
    }
}
