package dev.lanes.bench.contestants;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The C interface of oneDNN, as much of it as is measured: descriptors of memory, primitives, and their execution. What
 * is made here is small and lives as long as the process, except for the buffers, which lie in an arena of the caller's.
 */
@SuppressWarnings("restricted") // pointers that the library returns
final class Dnnl {
    static final int ARG_SRC = 1;
    static final int ARG_SRC_1 = 2;
    static final int ARG_DST = 17;
    static final int ARG_WEIGHTS = 33;
    static final int ARG_DIFF_SRC = 129;
    static final int ARG_DIFF_DST = 145;
    static final int ARG_DIFF_WEIGHTS = 161;

    static final int QUERY_SRC = 129;
    static final int QUERY_DIFF_SRC = 130;
    static final int QUERY_WEIGHTS = 131;
    static final int QUERY_DIFF_WEIGHTS = 132;
    static final int QUERY_DST = 133;
    static final int QUERY_DIFF_DST = 134;
    private static final int QUERY_IMPLEMENTATION = 8;

    private static final int CPU = 1;
    private static final int FLOAT32 = 3;
    private static final int FORMAT_ANY = 1;
    private static final int FORMAT_BLOCKS = 78;
    private static final int IN_ORDER = 1;

    private final SymbolLookup library;
    private final MethodHandle execute;
    private final MethodHandle await;
    private final MethodHandle sgemm;
    private final MemorySegment engine;
    private final MemorySegment stream;

    /** A buffer in some layout. */
    record Memory(MemorySegment descriptor, MemorySegment handle, MemorySegment data) {}

    /** A primitive and its operands, ready to be executed. */
    record Bound(MemorySegment primitive, int count, MemorySegment arguments) {}

    Dnnl(SymbolLookup library) {
        this.library = library;
        execute = Native.bind(
                library,
                "dnnl_primitive_execute",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
        await = Native.bind(library, "dnnl_stream_wait", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        sgemm = Native.bind(
                library,
                "dnnl_sgemm",
                FunctionDescriptor.of(
                        JAVA_INT,
                        JAVA_BYTE,
                        JAVA_BYTE,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_LONG));
        engine = create("dnnl_engine_create", CPU, 0L);
        stream = create("dnnl_stream_create", engine, IN_ORDER);
    }

    /** Returns the version. */
    String version() {
        FunctionDescriptor type = FunctionDescriptor.of(ADDRESS);
        try {
            MemorySegment v =
                    ((MemorySegment) Native.bind(library, "dnnl_version", type).invokeExact()).reinterpret(12);
            return "oneDNN " + v.getAtIndex(JAVA_INT, 0) + "." + v.getAtIndex(JAVA_INT, 1) + "."
                    + v.getAtIndex(JAVA_INT, 2);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** Returns the instruction set that it uses. */
    String instructionSet() {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT);
        try {
            int isa = (int)
                    Native.bind(library, "dnnl_get_effective_cpu_isa", type).invokeExact();
            return switch (isa) {
                case 0x1 -> "SSE4.1";
                case 0x3 -> "AVX";
                case 0x7 -> "AVX2";
                case 0xf -> "AVX2 VNNI";
                case 0x27 -> "AVX-512 core";
                case 0x67 -> "AVX-512 core VNNI";
                case 0xe7 -> "AVX-512 core BF16";
                default -> "instruction set 0x" + Integer.toHexString(isa);
            };
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** Returns the layout that has the given strides, in elements. */
    MemorySegment strided(long[] sizes, long... strides) {
        return create("dnnl_memory_desc_create_with_strides", sizes.length, sizes, FLOAT32, strides);
    }

    /** Returns a layout that the library may choose. */
    MemorySegment any(long... sizes) {
        return create("dnnl_memory_desc_create_with_tag", sizes.length, sizes, FLOAT32, FORMAT_ANY);
    }

    /** Returns the layout NCHW in blocks of 16 channels. */
    MemorySegment inBlocks(long... sizes) {
        return create("dnnl_memory_desc_create_with_tag", sizes.length, sizes, FLOAT32, FORMAT_BLOCKS);
    }

    /** Returns a buffer in a layout. */
    Memory memory(Arena arena, MemorySegment descriptor) {
        long bytes = (long)
                call(FunctionDescriptor.of(JAVA_LONG, ADDRESS), "dnnl_memory_desc_get_size", new Object[] {descriptor});
        MemorySegment data = arena.allocate(bytes, 4096);
        return new Memory(descriptor, create("dnnl_memory_create", descriptor, engine, data), data);
    }

    /** Returns a copy of values that lie in one layout, in another. */
    Memory converted(Arena arena, float[] values, MemorySegment from, MemorySegment to) {
        Memory plain = memory(arena, from);
        MemorySegment.copy(values, 0, plain.data(), JAVA_FLOAT, 0, values.length);
        Memory result = memory(arena, to);
        convert(arena, plain, result);
        return result;
    }

    /** Copies from one layout to another. */
    void convert(Arena arena, Memory from, Memory to) {
        MemorySegment reorder = create(
                "dnnl_reorder_primitive_desc_create",
                from.descriptor(),
                engine,
                to.descriptor(),
                engine,
                MemorySegment.NULL);
        run(bind(arena, reorder, ARG_SRC, from, ARG_DST, to));
    }

    /** Returns the description of a primitive. */
    MemorySegment describe(String function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = engine;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return create(function, all);
    }

    /** Returns a layout that a primitive wants. */
    MemorySegment query(MemorySegment primitiveDescriptor, int what) {
        return (MemorySegment) call(
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT),
                "dnnl_primitive_desc_query_md",
                new Object[] {primitiveDescriptor, what, 0});
    }

    /** Returns the name of the implementation that the library chose. */
    String implementation(MemorySegment primitiveDescriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check("dnnl_primitive_desc_query", (int) call(
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
                    "dnnl_primitive_desc_query",
                    new Object[] {primitiveDescriptor, QUERY_IMPLEMENTATION, 0, out}));
            return out.get(ADDRESS, 0).reinterpret(200).getString(0);
        }
    }

    /** Returns a primitive with its operands: pairs of a number and a {@link Memory}. */
    Bound bind(Arena arena, MemorySegment primitiveDescriptor, Object... operands) {
        MemorySegment arguments = arena.allocate(8L * operands.length, 8);
        for (int i = 0; i < operands.length; i += 2) {
            arguments.set(JAVA_INT, 8L * i, (int) operands[i]);
            arguments.set(ADDRESS, 8L * i + 8, ((Memory) operands[i + 1]).handle());
        }
        return new Bound(create("dnnl_primitive_create", primitiveDescriptor), operands.length / 2, arguments);
    }

    /** Executes and waits for the end. */
    void run(Bound work) {
        try {
            int status = (int) execute.invokeExact(work.primitive, stream, work.count, work.arguments);
            int waited = (int) await.invokeExact(stream);
            check("dnnl_primitive_execute", status | waited);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** Calls {@code dnnl_sgemm}, which is row-major. */
    void sgemm(
            boolean transA,
            boolean transB,
            long m,
            long n,
            long k,
            MemorySegment a,
            long lda,
            MemorySegment b,
            long ldb,
            MemorySegment c,
            long ldc) {
        try {
            int status = (int) sgemm.invokeExact(
                    (byte) (transA ? 'T' : 'N'), (byte) (transB ? 'T' : 'N'), m, n, k, 1f, a, lda, b, ldb, 0f, c, ldc);
            check("dnnl_sgemm", status);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** Calls a function that makes something and hands it back through its first argument. */
    private MemorySegment create(String function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            Object[] all = new Object[arguments.length + 1];
            MemoryLayout[] types = new MemoryLayout[all.length];
            MemorySegment out = arena.allocate(ADDRESS);
            all[0] = out;
            types[0] = ADDRESS;
            for (int i = 0; i < arguments.length; i++) {
                Object value = arguments[i];
                if (value instanceof long[] longs) {
                    value = arena.allocateFrom(JAVA_LONG, Arrays.copyOf(longs, 12));
                }
                all[i + 1] = value;
                types[i + 1] = switch (value) {
                    case Integer _ -> JAVA_INT;
                    case Long _ -> JAVA_LONG;
                    case Float _ -> JAVA_FLOAT;
                    default -> ADDRESS;
                };
            }
            check(function, (int) call(FunctionDescriptor.of(JAVA_INT, types), function, all));
            return out.get(ADDRESS, 0);
        }
    }

    private Object call(FunctionDescriptor type, String function, Object[] arguments) {
        try {
            return Native.bind(library, function, type).invokeWithArguments(arguments);
        } catch (Throwable t) {
            throw new IllegalStateException(function, t);
        }
    }

    private static void check(String function, int status) {
        if (status == 3) {
            throw new UnsupportedOperationException("oneDNN has no such operation: " + function);
        }
        if (status != 0) {
            throw new IllegalStateException(function + " failed with status " + status);
        }
    }
}
