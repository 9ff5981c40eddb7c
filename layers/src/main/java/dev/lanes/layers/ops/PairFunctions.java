package dev.lanes.layers.ops;

/**
 * The losses that compare number by number.
 *
 * <p>Logarithms are taken of at least 2^-126, the smallest normal float, so that a probability of 0 gives a large loss and
 * not an infinite one; derivatives are those at that bound.
 */
public final class PairFunctions {
    private static final double LEAST = 0x1p-126;

    /** {@code (a - b)^2 / 2}, whose derivative by a is the difference itself. */
    public static final PairFunction QUADRATIC = new PairFunction.OfDifference("quadratic") {
        @Override
        protected double of(double d) {
            return d * d / 2;
        }

        @Override
        protected double by(double d) {
            return d;
        }

        @Override
        protected double twiceBy(double d) {
            return 1;
        }
    };

    /** {@code |a - b|}; at the kink, {@code a = b}, the derivative is 0. */
    public static final PairFunction ABSOLUTE = new PairFunction.OfDifference("absolute") {
        @Override
        protected double of(double d) {
            return Math.abs(d);
        }

        @Override
        protected double by(double d) {
            return Math.signum(d);
        }

        @Override
        protected double twiceBy(double d) {
            return 0;
        }
    };

    /** {@code -(b log a + (1 - b) log(1 - a))}: a the probability of yes, b whether it is so, from 0 to 1. */
    public static final PairFunction BINARY_CROSS_ENTROPY = new PairFunction() {
        @Override
        public String name() {
            return "binaryCrossEntropy";
        }

        @Override
        public double of(double a, double b) {
            return -(b * log(a) + (1 - b) * log(1 - a));
        }

        @Override
        public double byA(double a, double b) {
            return (1 - b) / atLeast(1 - a) - b / atLeast(a);
        }

        @Override
        public double byB(double a, double b) {
            return log(1 - a) - log(a);
        }

        @Override
        public double byAA(double a, double b) {
            return (1 - b) / square(atLeast(1 - a)) + b / square(atLeast(a));
        }

        @Override
        public double byAB(double a, double b) {
            return -1 / atLeast(1 - a) - 1 / atLeast(a);
        }

        @Override
        public double byBB(double a, double b) {
            return 0;
        }
    };

    /**
     * {@code log(1 + exp(a)) - a b}: the binary cross-entropy of the probability {@code sigmoid(a)}, without overflow and
     * without a probability that has become 0 or 1.
     */
    public static final PairFunction BINARY_CROSS_ENTROPY_OF_LOGITS = new PairFunction() {
        @Override
        public String name() {
            return "binaryCrossEntropyOfLogits";
        }

        @Override
        public double of(double a, double b) {
            return Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a))) - a * b;
        }

        @Override
        public double byA(double a, double b) {
            return sigmoid(a) - b;
        }

        @Override
        public double byB(double a, double b) {
            return -a;
        }

        @Override
        public double byAA(double a, double b) {
            return sigmoid(a) * sigmoid(-a);
        }

        @Override
        public double byAB(double a, double b) {
            return -1;
        }

        @Override
        public double byBB(double a, double b) {
            return 0;
        }

        private static double sigmoid(double x) {
            double e = StrictMath.exp(-Math.abs(x));
            return x < 0 ? e / (1 + e) : 1 / (1 + e);
        }
    };

    /** {@code -b log a}: summed over the classes the cross-entropy of the distribution a for b. */
    public static final PairFunction CROSS_ENTROPY = new PairFunction() {
        @Override
        public String name() {
            return "crossEntropy";
        }

        @Override
        public double of(double a, double b) {
            return -b * log(a);
        }

        @Override
        public double byA(double a, double b) {
            return -b / atLeast(a);
        }

        @Override
        public double byB(double a, double b) {
            return -log(a);
        }

        @Override
        public double byAA(double a, double b) {
            return b / square(atLeast(a));
        }

        @Override
        public double byAB(double a, double b) {
            return -1 / atLeast(a);
        }

        @Override
        public double byBB(double a, double b) {
            return 0;
        }
    };

    /** {@code b (log b - log a)}: summed over the classes the divergence of Kullback and Leibler from b to a. */
    public static final PairFunction KULLBACK_LEIBLER = new PairFunction() {
        @Override
        public String name() {
            return "kullbackLeibler";
        }

        @Override
        public double of(double a, double b) {
            return b * (log(b) - log(a));
        }

        @Override
        public double byA(double a, double b) {
            return -b / atLeast(a);
        }

        @Override
        public double byB(double a, double b) {
            return log(b) - log(a) + 1;
        }

        @Override
        public double byAA(double a, double b) {
            return b / square(atLeast(a));
        }

        @Override
        public double byAB(double a, double b) {
            return -1 / atLeast(a);
        }

        @Override
        public double byBB(double a, double b) {
            return 1 / atLeast(b);
        }
    };

    private PairFunctions() {}

    /**
     * Returns the loss of Huber, {@code d^2 / 2} where {@code d = a - b} is within delta, and {@code delta (|d| - delta / 2)}
     * beyond: quadratic near by, and not moved much by what lies far off.
     *
     * @throws IllegalArgumentException if delta is not above 0
     */
    public static PairFunction huber(double delta) {
        if (!(delta > 0)) {
            throw new IllegalArgumentException("huber: delta is " + delta + ", needs to be above 0");
        }
        return new PairFunction.OfDifference("huber") {
            @Override
            protected double of(double d) {
                double size = Math.abs(d);
                return size <= delta ? d * d / 2 : delta * (size - delta / 2);
            }

            @Override
            protected double by(double d) {
                return Math.clamp(d, -delta, delta);
            }

            @Override
            protected double twiceBy(double d) {
                return Math.abs(d) <= delta ? 1 : 0;
            }
        };
    }

    private static double atLeast(double p) {
        return Math.max(p, LEAST);
    }

    private static double log(double p) {
        return StrictMath.log(atLeast(p));
    }

    private static double square(double x) {
        return x * x;
    }
}
