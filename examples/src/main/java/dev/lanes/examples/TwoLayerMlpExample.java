package dev.lanes.examples;

import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;

/** A network of two layers with every step of forward and backward written out, and gradient descent at rate 0.2. */
final class TwoLayerMlpExample implements Example {
    private static final int HIDDEN = 64;
    private static final float RATE = 0.2f;

    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        Examples data = Points.spirals(400, 1);
        int n = data.size();
        SeededRandom random = new SeededRandom(42);
        Tensor w1 = Tensor.zeros(2, HIDDEN);
        Tensor b1 = Tensor.zeros(HIDDEN);
        Tensor w2 = Tensor.zeros(HIDDEN, 2);
        Tensor b2 = Tensor.zeros(2);
        Initialisers.heNormal().initialise(w1, random);
        Initialisers.heNormal().initialise(w2, random);

        Tensor h = Tensor.zeros(n, HIDDEN);
        Tensor scores = Tensor.zeros(n, 2);
        Tensor p = Tensor.zeros(n, 2);
        float[] logSumExp = new float[n];
        Tensor dh = Tensor.zeros(n, HIDDEN);
        Tensor dw1 = Tensor.zeros(2, HIDDEN);
        Tensor db1 = Tensor.zeros(HIDDEN);
        Tensor dw2 = Tensor.zeros(HIDDEN, 2);
        Tensor db2 = Tensor.zeros(2);
        for (int step = 0; step <= 500; step++) {
            // Forward: h = relu(x w1 + b1), scores = h w2 + b2, p = softmax(scores).
            engine.matrix().linear(data.x(), w1, b1, h);
            engine.elementwise().relu(h, h);
            engine.matrix().linear(h, w2, b2, scores);
            engine.rows().softmax(scores, p, logSumExp);
            double loss = 0;
            for (int i = 0; i < n; i++) {
                loss += (logSumExp[i] - scores.get(i, data.label(i))) / n;
            }
            if (step % 100 == 0) {
                double accuracy = Metrics.accuracy(scores, data.labels());
                page.say("step %4d  loss %.3f  accuracy %.3f", step, loss, accuracy);
            }
            // Backward: ds = (p - onehot) / n, dw2 = h' ds, dh = ds w2' where h > 0, dw1 = x' dh.
            Tensor ds = p;
            for (int i = 0; i < n; i++) {
                ds.set(p.get(i, data.label(i)) - 1, i, data.label(i));
            }
            engine.elementwise().axpby(1f / n, ds, 0f, ds);
            engine.matrix().gemm(true, false, 1f, h, ds, 0f, dw2);
            engine.rows().sum(ds, db2);
            engine.matrix().gemm(false, true, 1f, ds, w2, 0f, dh);
            engine.elementwise().reluBackward(h, dh, dh);
            engine.matrix().gemm(true, false, 1f, data.x(), dh, 0f, dw1);
            engine.rows().sum(dh, db1);
            // Step: w = w - 0.2 dw.
            engine.elementwise().axpby(-RATE, dw1, 1f, w1);
            engine.elementwise().axpby(-RATE, db1, 1f, b1);
            engine.elementwise().axpby(-RATE, dw2, 1f, w2);
            engine.elementwise().axpby(-RATE, db2, 1f, b2);
        }
    }
}
