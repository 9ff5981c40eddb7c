package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.LeNet;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.WarmUp;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Slot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Warming up runs every problem with the kernel that the engine chooses, and tells its rate. */
class WarmUpTest {
    @Test
    void should_tell_the_rate_of_every_problem() {
        GemmGeometry product = GemmGeometry.parse("NT m200 n70 k150");
        GemmGeometry vector = GemmGeometry.parse("NN m300 n1 k40 lda41 ldb2 ldc3");
        Conv2dGeometry image = Conv2dGeometry.parse("b2 12x9x16 -> 24 k3x3 s1 p1 d1 g1");
        try (Engine engine = Engine.builder().threads(2).build()) {
            List<WarmUp.Rate> rates = engine.warmUp()
                    .product(product)
                    .product(vector)
                    .convolution(image)
                    .run();
            assertEquals(
                    List.of(product.toString(), vector.toString(), image.toString()),
                    rates.stream().map(WarmUp.Rate::problem).toList());
            assertEquals(
                    engine.kernels().choose(Slot.GEMM, product).name(),
                    rates.getFirst().kernel());
            rates.forEach(rate -> assertTrue(rate.gflops() > 0, rate.toString()));
        }
    }

    @Test
    void should_find_what_a_step_of_training_needs_by_itself() {
        SeededRandom random = new SeededRandom(1);
        try (Engine engine = Engine.builder().threads(1).build()) {
            Layer network = LeNet.five(10, random);
            Tensor image = Tensor.generate(Shape.of(2, 28, 28, 1), i -> (float) random.nextGaussian());
            AtomicInteger steps = new AtomicInteger();
            List<WarmUp.Rate> rates = engine.warmUp()
                    .work(() -> {
                        Pass pass = Pass.training(Tape.recording(engine), random);
                        Variable scores = network.forward(pass.tape().constant(image), pass);
                        pass.tape().backward(SoftmaxCrossEntropy.of(scores, new int[] {1, 2}, pass));
                        steps.incrementAndGet();
                    })
                    .run();
            Map<String, Long> operations = rates.stream()
                    .collect(Collectors.groupingBy(WarmUp.Rate::operation, TreeMap::new, Collectors.counting()));
            // Two convolutions, the first without a gradient by its input; three products, each with two gradients.
            assertEquals(2, operations.get("conv2d.forward"), operations.toString());
            assertEquals(1, operations.get("conv2d.backwardInput"), operations.toString());
            assertEquals(2, operations.get("conv2d.backwardWeights"), operations.toString());
            assertEquals(9, operations.get("gemm"), operations.toString());
            assertTrue(steps.get() > 3, "the work itself was done " + steps + " times");
            rates.forEach(rate -> assertTrue(rate.gflops() > 0, rate.toString()));
        }
    }

    @Test
    void should_listen_only_while_work_is_given() {
        try (Engine engine = Engine.builder().threads(1).build()) {
            WarmUp warmUp = engine.warmUp();
            assertThrows(
                    IllegalStateException.class,
                    () -> warmUp.work(() -> {
                        throw new IllegalStateException("no input");
                    }));
            engine.matmul(Tensor.zeros(Shape.of(3, 4)), Tensor.zeros(Shape.of(4, 5)));
            assertEquals(List.of(), warmUp.run());
        }
    }

    @Test
    void should_call_warm_what_is_fast_and_makes_no_objects() {
        assertTrue(new WarmUp.Rate("gemm", "", "blocked", 90, 0.8, 0.1, 80).warm());
        assertTrue(new WarmUp.Rate("gemm", "", "blocked", 90, Double.NaN, 0.1, -1).warm(), "what cannot be known");
        assertFalse(new WarmUp.Rate("gemm", "", "blocked", 1, 0.01, 0.1, 80).warm());
        assertFalse(new WarmUp.Rate("gemm", "", "blocked", 90, 0.8, 0.1, 1 << 20).warm());
    }

    @Test
    void should_take_problems_without_work() {
        try (Engine engine = Engine.builder().threads(1).build()) {
            assertEquals(
                    0,
                    engine.warmUp()
                            .product(GemmGeometry.of(0, 5, 3))
                            .run()
                            .getFirst()
                            .gflops());
        }
    }
}
