package dev.lanes.cli.doctor;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.FmaPeak;
import java.util.Arrays;

/** Measures a matrix product of 512 x 512 x 512 beside the peak, in turns, because a shared machine's clock moves. */
final class GemmRate {
    private static final int SIZE = 512;
    private static final int TURNS = 3;
    private static final long NANOS_A_TURN = 400_000_000L;
    private static final int CALLS_AT_LEAST = 3;

    private GemmRate() {}

    static Diagnosis.Rate measure(Engine engine) {
        Tensor a = Tensor.generate(Shape.of(SIZE, SIZE), i -> (i % 7 - 3) / 3.0);
        Tensor b = Tensor.generate(Shape.of(SIZE, SIZE), i -> (i % 5 - 2) / 2.0);
        Tensor c = Tensor.zeros(SIZE, SIZE);
        warmUp(engine);
        verify(engine, a, b, c);
        double[] rates = new double[TURNS];
        double[] peaks = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            peaks[turn] = FmaPeak.measure(engine.threads()).orElse(0);
            rates[turn] = rate(engine, a, b, c);
        }
        double rate = median(rates);
        double peak = Arrays.stream(peaks).max().orElse(0);
        return new Diagnosis.Rate(engine.threads(), rate, peak, peak == 0 ? 0 : rate / peak);
    }

    /** Many short calls: a kernel that is compiled in the middle of a long one stays slow. */
    private static void warmUp(Engine engine) {
        Tensor small = Tensor.zeros(28, 28);
        Tensor out = Tensor.zeros(28, 28);
        long end = System.nanoTime() + NANOS_A_TURN;
        do {
            engine.matrix().gemm(false, false, 1f, small, small, 0f, out);
        } while (System.nanoTime() < end);
    }

    /** A fast wrong answer is not a rate. */
    private static void verify(Engine engine, Tensor a, Tensor b, Tensor c) {
        engine.matrix().gemm(false, false, 1f, a, b, 0f, c);
        double expected = 0;
        for (int p = 0; p < SIZE; p++) {
            expected += (double) a.get(1, p) * b.get(p, 1);
        }
        if (Math.abs(c.get(1, 1) - expected) > 1e-3) {
            throw new IllegalStateException("the matrix product gives " + c.get(1, 1) + ", needs " + expected);
        }
    }

    private static double rate(Engine engine, Tensor a, Tensor b, Tensor c) {
        double flops = GemmGeometry.of(SIZE, SIZE, SIZE).flops();
        double[] samples = new double[1000];
        int count = 0;
        long end = System.nanoTime() + NANOS_A_TURN;
        while (count < CALLS_AT_LEAST || (count < samples.length && System.nanoTime() < end)) {
            long start = System.nanoTime();
            engine.matrix().gemm(false, false, 1f, a, b, 0f, c);
            samples[count++] = flops / (System.nanoTime() - start);
        }
        return median(Arrays.copyOf(samples, count));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
