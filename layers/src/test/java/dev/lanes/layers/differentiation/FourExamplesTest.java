package dev.lanes.layers.differentiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The four examples of the textbook: each worked by hand, and differentiated in every way that applies. */
class FourExamplesTest {
    /** A function of several numbers, of any kind. */
    private interface Example {
        <T extends Arithmetic<T>> T of(List<T> x);
    }

    /** {@code J = cos(sin(x^2) + 3 x^2)}. */
    private static final class First implements Example {
        @Override
        public <T extends Arithmetic<T>> T of(List<T> x) {
            T t = x.getFirst().pow(2);
            T u1 = t.sin();
            T u2 = t.times(3);
            return u1.plus(u2).cos();
        }
    }

    /** {@code y = sigmoid(<w, x>)}, {@code J = y* log y + (1 - y*) log(1 - y)}, by the weights. */
    private record Logistic(double[] x, double target) implements Example {
        @Override
        public <T extends Arithmetic<T>> T of(List<T> w) {
            T a = w.getFirst().times(x[0]);
            for (int i = 1; i < x.length; i++) {
                a = a.plus(w.get(i).times(x[i]));
            }
            return likelihood(a.sigmoid(), target);
        }
    }

    private static <T extends Arithmetic<T>> T likelihood(T y, double target) {
        T one = y.constant(1);
        return y.log().times(target).plus(one.minus(y).log().times(1 - target));
    }

    /** A hidden layer of sigmoids before the logistic regression; the weights row by row, then those of the output. */
    private record TwoLayers(double[] x, int hidden, double target) implements Example {
        @Override
        public <T extends Arithmetic<T>> T of(List<T> w) {
            T b = w.getFirst().constant(0);
            for (int j = 0; j < hidden; j++) {
                T a = b.constant(0);
                for (int i = 0; i < x.length; i++) {
                    a = a.plus(w.get(j * x.length + i).times(x[i]));
                }
                b = b.plus(a.sigmoid().times(w.get(hidden * x.length + j)));
            }
            return likelihood(b.sigmoid(), target);
        }
    }

    @Test
    void should_agree_on_the_first_example() {
        double x = 0.5;
        double u = Math.sin(x * x) + 3 * x * x;
        double byHand = -Math.sin(u) * (Math.cos(x * x) + 3) * 2 * x;
        fourWays(new First(), new double[] {x}, new double[] {byHand});
    }

    @Test
    void should_agree_on_logistic_regression() {
        double[] x = {1, -2, 0.5};
        double[] w = {0.3, 0.1, -0.7};
        for (double target : new double[] {0, 1}) {
            double y = Elementary.SIGMOID.apply(w[0] * x[0] + w[1] * x[1] + w[2] * x[2]);
            double[] byHand = {(target - y) * x[0], (target - y) * x[1], (target - y) * x[2]};
            fourWays(new Logistic(x, target), w, byHand);
        }
    }

    @Test
    void should_agree_on_the_network_of_two_layers() {
        double[] x = {1, -0.5};
        int hidden = 3;
        double[] w = {0.2, -0.4, 0.7, 0.1, -0.6, 0.9, 0.5, -1.1, 0.8};
        double[] z = new double[hidden];
        double b = 0;
        for (int j = 0; j < hidden; j++) {
            z[j] = Elementary.SIGMOID.apply(w[2 * j] * x[0] + w[2 * j + 1] * x[1]);
            b += w[6 + j] * z[j];
        }
        double dB = 1 - Elementary.SIGMOID.apply(b);
        double[] byHand = new double[9];
        for (int j = 0; j < hidden; j++) {
            byHand[6 + j] = dB * z[j];
            double dA = dB * w[6 + j] * z[j] * (1 - z[j]);
            byHand[2 * j] = dA * x[0];
            byHand[2 * j + 1] = dA * x[1];
        }
        fourWays(new TwoLayers(x, hidden, 1), w, byHand);
    }

    /** The formula of a CNN would fill a book; the other three ways apply, on tensors. */
    @Test
    void should_agree_on_a_small_cnn() {
        SeededRandom random = new SeededRandom(4);
        Tensor x = Tensor.generate(Shape.of(2, 8, 8, 1), i -> random.nextGaussian());
        try (Engine engine = Engine.builder().threads(1).build()) {
            GradientCheck.Report report = new GradientCheck(engine, 4, 8)
                    .network(
                            SmallCnn.of(Shape.of(8, 8, 1), 3, random),
                            x,
                            (y, pass) -> SoftmaxCrossEntropy.of(y, new int[] {2, 0}, pass))
                    .orThrow();
            assertTrue(report.telling() > report.checked() / 3, report.toString());
        }
    }

    private static void fourWays(Example j, double[] at, double[] byHand) {
        double[] differences = FiniteDifferences.central()
                .gradient(
                        x -> j.of(FourExamplesTest.<Real>list(at.length, i -> new Real(x[i])))
                                .value(),
                        at);
        List<Scalar> leaves = list(at.length, i -> Scalar.of(at[i]));
        Scalar.Gradients reverse = j.of(leaves).gradients();
        MultiDual[] variables = MultiDual.variables(at);
        double[] several = j.of(List.of(variables)).tangents();
        Expr formula = j.of(FourExamplesTest.<Expr>list(at.length, i -> Expr.variable("w" + i)));
        Map<String, Double> point = new HashMap<>();
        for (int i = 0; i < at.length; i++) {
            point.put("w" + i, at[i]);
        }
        for (int i = 0; i < at.length; i++) {
            int k = i;
            double allowed = 1e-14 * Math.max(1, Math.abs(byHand[i]));
            Dual forward = j.of(FourExamplesTest.<Dual>list(at.length, n -> new Dual(at[n], n == k ? 1 : 0)));
            assertEquals(byHand[i], forward.tangent(), allowed);
            assertEquals(byHand[i], several[i], allowed);
            assertEquals(byHand[i], reverse.of(leaves.get(i)), allowed);
            assertEquals(byHand[i], formula.differentiate("w" + i).evaluate(point), allowed);
            assertEquals(byHand[i], differences[i], 1e-9);
        }
    }

    private static <T> List<T> list(int n, IntFunction<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            list.add(element.apply(i));
        }
        return list;
    }
}
