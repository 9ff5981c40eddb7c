package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.BackendStatus;
import dev.lanes.numerics.BackendUnavailableException;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.tests.kit.ChildJvm;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an engine: building, sharing between threads, closing. {@link OperationErrorsTest} has its checks. */
@Timeout(120)
class EngineTest {
    private static final Tensor A = random("a", 97, 61);
    private static final Tensor B = random("b", 61, 131);

    private static Tensor random(String name, int... dims) {
        Shape shape = Shape.of(dims);
        return Tensor.of(shape, new Values(Seed.random(name)).ordinary(shape.elements()));
    }

    @Test
    void should_say_what_it_runs_on() {
        try (Engine engine = Engine.builder()
                .backend("reference")
                .threads(2)
                .spin(Duration.ZERO)
                .build()) {
            assertEquals("reference", engine.backend());
            assertEquals(0, engine.vectorBits());
            assertEquals(2, engine.threads());
            assertTrue(engine.deterministic());
            assertEquals("Engine[reference, 2 threads]", engine.toString());
        }
        try (Engine engine = Engine.builder().threads(1).build()) {
            assertTrue(engine.toString().endsWith(", 1 thread]"), engine.toString());
        }
        try (Engine engine = Engine.builder().build()) {
            assertEquals(Runtime.getRuntime().availableProcessors(), engine.threads());
        }
    }

    @Test
    void should_refuse_work_after_close() {
        Engine engine = Engine.builder().threads(2).build();
        engine.matmul(A, B);
        engine.close();
        engine.close();
        Exception thrown = assertThrows(IllegalStateException.class, () -> engine.matmul(A, B));
        assertEquals("this engine is closed", thrown.getMessage());
        assertThrows(IllegalStateException.class, () -> engine.relu(A));
    }

    @Test
    void should_leave_no_thread_behind() {
        Set<Thread> before = workers();
        for (int threads = 1; threads <= 4; threads++) {
            try (Engine engine = Engine.builder().threads(threads).build()) {
                engine.matmul(A, B);
                assertEquals(before.size() + threads - 1, workers().size());
            }
            assertEquals(before, workers());
        }
    }

    @Test
    void should_not_build_the_shared_engine_unasked() {
        ChildJvm.Outcome outcome = new ChildJvm().run(Unshared.class);
        assertTrue(outcome.out().endsWith("threads of lanes: 0\n"), outcome.toString());
    }

    /** Builds and closes an engine of its own, then counts the threads that are left. */
    static final class Unshared {
        public static void main(String[] arguments) {
            Engine.builder().backend("reference").threads(3).build().close();
            System.out.println("threads of lanes: " + workers().size());
        }
    }

    @Test
    void should_share_one_engine_that_cannot_be_closed() {
        Engine shared = Engine.shared();
        assertSame(shared, Engine.shared());
        Exception thrown = assertThrows(UnsupportedOperationException.class, shared::close);
        assertEquals("the shared engine is never closed; build one of your own", thrown.getMessage());
        assertArrayEquals(
                new float[] {39},
                shared.matmul(Tensor.of(Shape.of(1, 2), 3, 4), Tensor.of(Shape.of(2, 1), 5, 6))
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void should_give_the_same_bits_to_many_threads_at_once(int threads) throws Exception {
        Conv2dGeometry g = Conv2dGeometry.parse("b2 14x14x16 -> 24 k3x3 s1 p1 d1 g1");
        Tensor x = random("x", 2, 14, 14, 16);
        Tensor w = random("w", 3, 3, 16, 24);
        float[] product;
        float[] image;
        try (Engine alone = Engine.builder().threads(1).build()) {
            product = alone.matmul(A, B).toArray();
            image = alone.conv2d(x, w, null, g).toArray();
        }
        try (Engine engine = Engine.builder().threads(threads).build();
                ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                futures.add(callers.submit(() -> {
                    for (int round = 0; round < 10; round++) {
                        assertArrayEquals(product, engine.matmul(A, B).toArray());
                        assertArrayEquals(image, engine.conv2d(x, w, null, g).toArray());
                    }
                }));
            }
            for (Future<?> future : futures) {
                assertNull(future.get());
            }
        }
    }

    @Test
    void should_borrow_helpers_from_an_executor_and_leave_it_open() {
        Set<Thread> before = workers();
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Engine one = Engine.builder().threads(1).build()) {
            Engine engine = Engine.builder().threads(3).executor(pool).build();
            assertArrayEquals(one.matmul(A, B).toArray(), engine.matmul(A, B).toArray());
            assertEquals(before, workers());
            engine.close();
            assertFalse(pool.isShutdown());
        }
    }

    @Test
    void should_name_the_backends_when_asked_for_one_that_is_not_there() {
        Engine.Builder builder = Engine.builder().backend("cuda");
        BackendUnavailableException thrown = assertThrows(BackendUnavailableException.class, builder::build);
        assertEquals(
                "backend \"cuda\" is unavailable: there is no backend of that name; choose auto or one of"
                        + " [reference, vector, openblas]",
                thrown.getMessage());
        assertEquals("cuda", thrown.backend());
    }

    @Test
    void should_list_every_backend_with_its_reason() {
        List<BackendStatus> backends = Engine.backends();
        assertEquals(
                List.of("reference", "vector", "openblas"),
                backends.stream().map(BackendStatus::name).toList());
        for (BackendStatus status : backends) {
            assertFalse(status.probe().reason().isBlank(), status.toString());
            assertEquals(status.probe().available(), status.probe().remedy().isEmpty(), status.toString());
            if (!status.probe().available()) {
                Engine.Builder builder = Engine.builder().backend(status.name());
                BackendUnavailableException thrown = assertThrows(BackendUnavailableException.class, builder::build);
                assertEquals(status.probe().reason(), thrown.reason());
                assertEquals(status.probe().remedy(), thrown.remedy());
            }
        }
    }

    @Test
    void should_refuse_impossible_settings() {
        Engine.Builder builder = Engine.builder();
        assertEquals(
                "threads must be at least 1, not 0",
                assertThrows(IllegalArgumentException.class, () -> builder.threads(0))
                        .getMessage());
        assertEquals(
                "spin must not be negative, is PT-1S",
                assertThrows(IllegalArgumentException.class, () -> builder.spin(Duration.ofSeconds(-1)))
                        .getMessage());
        assertEquals(
                "backend",
                assertThrows(NullPointerException.class, () -> builder.backend(null))
                        .getMessage());
        assertEquals(
                "executor",
                assertThrows(NullPointerException.class, () -> builder.executor(null))
                        .getMessage());
    }

    @Test
    void should_stay_usable_after_an_operation_that_was_refused() {
        try (Engine engine = Engine.builder().threads(2).build()) {
            float[] before = engine.matmul(A, B).toArray();
            for (int i = 0; i < 100; i++) {
                assertThrows(IllegalArgumentException.class, () -> engine.matmul(A, A));
            }
            assertArrayEquals(before, engine.matmul(A, B).toArray());
        }
    }

    private static Set<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lanes-"))
                .collect(Collectors.toSet());
    }
}
