package dev.lanes.layers.differentiation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A number that remembers what it was computed from: reverse mode in its smallest form. Each operation notes its operands
 * and its derivative by each of them; {@link #gradients} then walks from the result back to the inputs and multiplies
 * along the way, adding up where a number was used several times.
 *
 * <p>One walk gives the derivatives of one output by everything it was computed from. Immutable.
 *
 * <pre>{@code
 * Scalar x = Scalar.of(3);
 * Scalar y = x.times(x).plus(x);        // 12
 * y.gradients().of(x);                  // 7
 * }</pre>
 */
public final class Scalar implements Arithmetic<Scalar> {
    private static final Scalar[] NONE = {};

    private final double value;
    private final Scalar[] operands;
    private final double[] slopes;

    private Scalar(double value, Scalar[] operands, double... slopes) {
        this.value = value;
        this.operands = operands;
        this.slopes = slopes;
    }

    /** Returns an input, or a constant: they differ only in whether anybody asks for the derivative. */
    public static Scalar of(double value) {
        return new Scalar(value, NONE);
    }

    /** Returns the number. */
    public double value() {
        return value;
    }

    @Override
    public Scalar constant(double c) {
        return of(c);
    }

    @Override
    public Scalar plus(Scalar b) {
        return new Scalar(value + b.value, new Scalar[] {this, b}, 1, 1);
    }

    @Override
    public Scalar minus(Scalar b) {
        return new Scalar(value - b.value, new Scalar[] {this, b}, 1, -1);
    }

    @Override
    public Scalar times(Scalar b) {
        return new Scalar(value * b.value, new Scalar[] {this, b}, b.value, value);
    }

    @Override
    public Scalar over(Scalar b) {
        double y = value / b.value;
        return new Scalar(y, new Scalar[] {this, b}, 1 / b.value, -y / b.value);
    }

    @Override
    public Scalar pow(Scalar b) {
        double y = Math.pow(value, b.value);
        double slope = b.value == 0 ? 0 : b.value * Math.pow(value, b.value - 1);
        return new Scalar(y, new Scalar[] {this, b}, slope, y * Math.log(value));
    }

    @Override
    public Scalar negate() {
        return new Scalar(-value, new Scalar[] {this}, -1);
    }

    @Override
    public Scalar apply(Elementary f) {
        double y = f.apply(value);
        return new Scalar(y, new Scalar[] {this}, f.slope(value, y));
    }

    /** Returns the derivatives of this number by everything it was computed from. */
    public Gradients gradients() {
        Map<Scalar, Double> gradients = new IdentityHashMap<>();
        gradients.put(this, 1.0);
        for (Scalar y : usersFirst()) {
            double dy = gradients.get(y);
            for (int i = 0; i < y.operands.length; i++) {
                gradients.merge(y.operands[i], dy * y.slopes[i], Double::sum);
            }
        }
        return new Gradients(gradients);
    }

    /** Returns this and all it was computed from, each before its operands; without recursion, so of any depth. */
    private List<Scalar> usersFirst() {
        Map<Scalar, Integer> nextOperand = new IdentityHashMap<>();
        List<Scalar> operandsFirst = new ArrayList<>();
        Deque<Scalar> path = new ArrayDeque<>();
        path.push(this);
        while (!path.isEmpty()) {
            Scalar y = path.peek();
            int i = nextOperand.merge(y, 1, Integer::sum) - 1;
            if (i < y.operands.length) {
                if (!nextOperand.containsKey(y.operands[i])) {
                    path.push(y.operands[i]);
                }
            } else {
                operandsFirst.add(path.pop());
            }
        }
        return operandsFirst.reversed();
    }

    /** Returns the value. */
    @Override
    public String toString() {
        return Double.toString(value);
    }

    /** The derivatives of one number by those it was computed from. */
    public static final class Gradients {
        private final Map<Scalar, Double> gradients;

        private Gradients(Map<Scalar, Double> gradients) {
            this.gradients = gradients;
        }

        /** Returns the derivative by a number; 0 if the result does not depend on it. */
        public double of(Scalar x) {
            return gradients.getOrDefault(x, 0.0);
        }
    }
}
