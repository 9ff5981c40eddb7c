package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.WarmUp;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Slot;
import java.util.List;
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
