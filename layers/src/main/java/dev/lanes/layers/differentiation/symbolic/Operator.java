package dev.lanes.layers.differentiation.symbolic;

/** The operations on two numbers that formulas have. */
public enum Operator {
    /** The sum. */
    PLUS("+"),
    /** The difference. */
    MINUS("-"),
    /** The product. */
    TIMES("*"),
    /** The quotient. */
    OVER("/"),
    /** The power. */
    POWER("^");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** Returns the value. */
    public double apply(double a, double b) {
        return switch (this) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case OVER -> a / b;
            case POWER -> Math.pow(a, b);
        };
    }

    /** Returns the sign in formulas. */
    @Override
    public String toString() {
        return sign;
    }
}
