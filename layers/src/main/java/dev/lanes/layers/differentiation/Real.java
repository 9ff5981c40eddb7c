package dev.lanes.layers.differentiation;

/**
 * A plain number, for a function written against {@link Arithmetic} of which only the value is wanted. Immutable.
 *
 * @param value the number
 */
public record Real(double value) implements Arithmetic<Real> {
    @Override
    public Real constant(double c) {
        return new Real(c);
    }

    @Override
    public Real plus(Real other) {
        return new Real(value + other.value);
    }

    @Override
    public Real minus(Real other) {
        return new Real(value - other.value);
    }

    @Override
    public Real times(Real other) {
        return new Real(value * other.value);
    }

    @Override
    public Real over(Real other) {
        return new Real(value / other.value);
    }

    @Override
    public Real pow(Real exponent) {
        return new Real(Math.pow(value, exponent.value));
    }

    @Override
    public Real negate() {
        return new Real(-value);
    }

    @Override
    public Real apply(Elementary f) {
        return new Real(f.apply(value));
    }
}
