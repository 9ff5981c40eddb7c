package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.PreparedConv2d;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The backend as users meet it. */
@RequiresOpenBlas
class OpenBlasProviderTest {
    @Test
    void should_promise_no_bits() {
        try (Engine engine = Engine.builder().backend("openblas").threads(1).build()) {
            assertEquals("openblas", engine.backend());
            assertFalse(engine.deterministic());
            assertEquals(
                    "openblas",
                    engine.kernels().candidates(Slot.GEMM).getFirst().name());
            assertTrue(engine.kernels().candidates(Slot.GEMM).size() > 1, "the backend below is gone");
        }
    }

    @Test
    void should_never_be_chosen_unasked() {
        try (Engine engine = Engine.builder().threads(1).build()) {
            assertNotEquals("openblas", engine.backend());
            assertTrue(engine.kernels().candidates(Slot.GEMM).stream()
                    .noneMatch(kernel -> kernel.name().equals("openblas")));
        }
    }

    @Test
    void should_answer_the_same_each_time() {
        assertSame(new OpenBlasProvider().probe(), new OpenBlasProvider().probe());
    }

    @Test
    void should_throw_when_used_after_close() {
        Tensor a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        Engine engine = Engine.builder().backend("openblas").threads(2).build();
        assertEquals("Tensor[2, 2] {7.0, 10.0, 15.0, 22.0}", engine.matmul(a, a).toString());
        engine.close();
        engine.close();
        assertThrows(IllegalStateException.class, () -> engine.matmul(a, a));
    }

    @Test
    void should_use_prepared_weights_until_their_engine_is_closed() {
        Conv2dGeometry g = Conv2dGeometry.parse("b2 9x9x3 -> 5 k3x3 s1 p1 d1 g1");
        Tensor x = Tensor.generate(g.inputShape(), i -> (i % 7) - 3);
        Tensor w = Tensor.generate(g.weightShape(), i -> (i % 5) - 2);
        try (Engine other = Engine.builder().backend("openblas").threads(1).build()) {
            Tensor expected = other.conv2d(x, w, null, g);
            Tensor y = Tensor.zeros(g.outputShape());
            Engine engine = Engine.builder().backend("openblas").threads(2).build();
            PreparedConv2d prepared = engine.conv2d().prepare(w, g);
            engine.conv2d().forward(x, prepared, null, g, y);
            assertArrayEquals(expected.array(), y.array()); // small integers: exact in any order
            other.conv2d().forward(x, prepared, null, g, y);
            assertArrayEquals(expected.array(), y.array());
            engine.close();
            Exception thrown = assertThrows(
                    IllegalStateException.class, () -> other.conv2d().forward(x, prepared, null, g, y));
            assertEquals("the engine that prepared this operand is closed", thrown.getMessage());
        }
    }

    /** Closed in the middle of large products, which lie in off-heap buffers, and of small ones, which do not. */
    @Test
    void should_finish_or_refuse_calls_that_meet_a_close() throws Exception {
        Tensor small = Tensor.generate(Shape.of(40, 40), i -> (i % 7) - 3);
        Tensor tall = Tensor.generate(Shape.of(1500, 8), i -> (i % 7) - 3);
        Tensor wide = Tensor.generate(Shape.of(8, 1500), i -> (i % 5) - 2);
        Tensor smallProduct;
        Tensor largeProduct;
        try (Engine reference = Engine.builder().backend("reference").threads(1).build()) {
            smallProduct = reference.matmul(small, small);
            largeProduct = reference.matmul(tall, wide);
        }
        for (int round = 0; round < 10; round++) {
            Engine engine = Engine.builder().backend("openblas").threads(1).build();
            CountDownLatch running = new CountDownLatch(3);
            try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
                List<Future<Void>> ended = new ArrayList<>();
                for (int caller = 0; caller < 3; caller++) {
                    boolean large = caller > 0;
                    Callable<Void> job = () -> {
                        while (true) {
                            Tensor product;
                            try {
                                product = large ? engine.matmul(tall, wide) : engine.matmul(small, small);
                            } catch (IllegalStateException e) {
                                assertEquals("this engine is closed", e.getMessage());
                                return null;
                            }
                            assertArrayEquals((large ? largeProduct : smallProduct).array(), product.array());
                            running.countDown();
                        }
                    };
                    ended.add(callers.submit(job));
                }
                running.await();
                engine.close();
                for (Future<Void> future : ended) {
                    future.get();
                }
            }
        }
    }

    @Test
    void should_serve_engines_with_different_threads_at_once() throws Exception {
        Tensor a = Tensor.generate(Shape.of(300, 200), i -> (i % 7) - 3);
        Tensor b = Tensor.generate(Shape.of(200, 150), i -> (i % 5) - 2);
        Tensor expected;
        try (Engine reference = Engine.builder().backend("reference").threads(1).build()) {
            expected = reference.matmul(a, b);
        }
        List<Engine> engines = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Engine engine =
                        Engine.builder().backend("openblas").threads(1 + i % 3).build();
                engines.add(engine);
                Callable<Void> job = () -> {
                    for (int repeat = 0; repeat < 20; repeat++) { // small integers: exact in any order
                        assertEquals(expected.toString(), engine.matmul(a, b).toString());
                    }
                    return null;
                };
                done.add(callers.submit(job));
            }
            for (Future<Void> future : done) {
                future.get();
            }
        } finally {
            engines.forEach(Engine::close);
        }
    }
}
