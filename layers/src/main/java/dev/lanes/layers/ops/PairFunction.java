package dev.lanes.layers.ops;

/**
 * A function of two numbers and its derivatives, for {@link PairLossOp}: a is what a network gives, b what it should
 * have been. Stateless.
 */
public interface PairFunction {
    /** Returns the name that errors and listings show. */
    String name();

    /** Returns the value. */
    double of(double a, double b);

    /** Returns the derivative by a. */
    double byA(double a, double b);

    /** Returns the derivative by b. */
    double byB(double a, double b);

    /** Returns the second derivative by a. */
    double byAA(double a, double b);

    /** Returns the derivative by a and b. */
    double byAB(double a, double b);

    /** Returns the second derivative by b. */
    double byBB(double a, double b);

    /** A function of the difference {@code d = a - b}, with one derivative and one second derivative. */
    abstract class OfDifference implements PairFunction {
        private final String name;

        /** Makes one of a name. */
        protected OfDifference(String name) {
            this.name = name;
        }

        /** Returns the value. */
        protected abstract double of(double d);

        /** Returns the derivative. */
        protected abstract double by(double d);

        /** Returns the second derivative. */
        protected abstract double twiceBy(double d);

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final double of(double a, double b) {
            return of(a - b);
        }

        @Override
        public final double byA(double a, double b) {
            return by(a - b);
        }

        @Override
        public final double byB(double a, double b) {
            return -by(a - b);
        }

        @Override
        public final double byAA(double a, double b) {
            return twiceBy(a - b);
        }

        @Override
        public final double byAB(double a, double b) {
            return -twiceBy(a - b);
        }

        @Override
        public final double byBB(double a, double b) {
            return twiceBy(a - b);
        }
    }
}
