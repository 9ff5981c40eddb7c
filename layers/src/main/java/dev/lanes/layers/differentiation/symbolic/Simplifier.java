package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import dev.lanes.layers.differentiation.symbolic.Expr.Apply;
import dev.lanes.layers.differentiation.symbolic.Expr.Binary;
import dev.lanes.layers.differentiation.symbolic.Expr.Constant;
import dev.lanes.layers.differentiation.symbolic.Expr.Negation;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Builds formulas from operands that are simple already, looking at most two levels down; equal results are one object.
 * A constant factor is kept at the left of a product, and a sign outside it. For one computation.
 */
final class Simplifier {
    /** Up to here double tells all integers apart. */
    private static final double EXACT = 0x1p53;

    /** How many products deep a factor is looked for, so that simplifying stays linear. */
    private static final int CANCEL_DEPTH = 4;

    /** A product as a constant times the rest. */
    private record Term(double factor, Expr rest) {}

    private final Interner interner = new Interner();

    Expr simplify(Expr root) {
        Map<Expr, Expr> simple = new IdentityHashMap<>();
        for (Expr e : Dag.operandsFirst(root)) {
            simple.put(
                    e,
                    switch (e) {
                        case Constant _, Expr.Variable _ -> interner.intern(e);
                        case Negation(Expr a) -> negate(simple.get(a));
                        case Apply(Elementary f, Expr a) -> apply(f, simple.get(a));
                        case Binary(Operator op, Expr a, Expr b) -> {
                            Expr left = simple.get(a);
                            Expr right = simple.get(b);
                            yield switch (op) {
                                case PLUS -> plus(left, right);
                                case MINUS -> minus(left, right);
                                case TIMES -> times(left, right);
                                case OVER -> over(left, right);
                                case POWER -> power(left, right);
                            };
                        }
                    });
        }
        return simple.get(root);
    }

    Expr constant(double value) {
        return interner.intern(new Constant(value == 0 ? 0.0 : value)); // no negative zero
    }

    Expr plus(Expr a, Expr b) {
        if (a instanceof Constant(double x) && b instanceof Constant(double y)) {
            return constant(x + y);
        }
        if (is(a, 0)) {
            return b;
        }
        if (is(b, 0)) {
            return a;
        }
        if (b instanceof Negation(Expr c)) {
            return minus(a, c);
        }
        if (a instanceof Negation(Expr c)) {
            return minus(b, c);
        }
        if (b instanceof Constant(double y) && y < 0) {
            return minus(a, constant(-y));
        }
        Term s = term(a);
        Term t = term(b);
        if (s.rest == t.rest) {
            return times(constant(s.factor + t.factor), s.rest);
        }
        return t.factor < 0 ? minus(a, times(constant(-t.factor), t.rest)) : binary(Operator.PLUS, a, b);
    }

    Expr minus(Expr a, Expr b) {
        if (a instanceof Constant(double x) && b instanceof Constant(double y)) {
            return constant(x - y);
        }
        if (is(b, 0)) {
            return a;
        }
        if (is(a, 0)) {
            return negate(b);
        }
        if (b instanceof Negation(Expr c)) {
            return plus(a, c);
        }
        if (a instanceof Negation(Expr c)) {
            return negate(plus(c, b));
        }
        if (b instanceof Constant(double y) && y < 0) {
            return plus(a, constant(-y));
        }
        Term s = term(a);
        Term t = term(b);
        if (s.rest == t.rest) {
            return times(constant(s.factor - t.factor), s.rest);
        }
        return t.factor < 0 ? plus(a, times(constant(-t.factor), t.rest)) : binary(Operator.MINUS, a, b);
    }

    Expr negate(Expr a) {
        return switch (a) {
            case Constant(double x) -> constant(-x);
            case Negation(Expr b) -> b;
            case Binary(Operator op, Expr b, Expr c) when op == Operator.MINUS -> minus(c, b);
            case Binary(Operator op, Constant(double x), Expr c) when op == Operator.TIMES -> times(constant(-x), c);
            default -> interner.intern(new Negation(a));
        };
    }

    Expr times(Expr a, Expr b) {
        if (a instanceof Constant(double x) && b instanceof Constant(double y)) {
            return constant(x * y);
        }
        if (is(a, 0) || is(b, 0)) {
            return constant(0);
        }
        if (is(a, 1)) {
            return b;
        }
        if (is(b, 1)) {
            return a;
        }
        if (is(a, -1)) {
            return negate(b);
        }
        if (is(b, -1)) {
            return negate(a);
        }
        if (a instanceof Negation(Expr c)) {
            return negate(times(c, b));
        }
        if (b instanceof Negation(Expr c)) {
            return negate(times(a, c));
        }
        if (b instanceof Constant) {
            return times(b, a);
        }
        Term t = term(b);
        if (a instanceof Constant(double x)) {
            return t.factor == 1 ? binary(Operator.TIMES, a, b) : times(constant(x * t.factor), t.rest);
        }
        Term s = term(a);
        if (s.factor != 1 || t.factor != 1) {
            return times(constant(s.factor * t.factor), times(s.rest, t.rest));
        }
        return powers(a, b);
    }

    /** Returns a product without constant factors: powers of the same base become one. */
    private Expr powers(Expr a, Expr b) {
        if (b instanceof Binary(Operator op, Expr c, Expr d) && op == Operator.OVER && c instanceof Constant) {
            return over(times(c, a), d);
        }
        if (base(a) == base(b)
                && exponent(a) instanceof Constant(double x)
                && exponent(b) instanceof Constant(double y)) {
            return power(base(a), constant(x + y));
        }
        return binary(Operator.TIMES, a, b);
    }

    Expr over(Expr a, Expr b) {
        if (a instanceof Constant(double x) && b instanceof Constant(double y) && isExactQuotient(x, y)) {
            return constant(x / y);
        }
        if (is(a, 0) && !is(b, 0)) {
            return a;
        }
        if (is(b, 1)) {
            return a;
        }
        if (a == b && !(a instanceof Constant)) {
            return constant(1);
        }
        if (a instanceof Negation(Expr c)) {
            return negate(over(c, b));
        }
        if (b instanceof Negation(Expr c)) {
            return negate(over(a, c));
        }
        Term s = term(a);
        if (s.factor < 0) {
            return negate(over(times(constant(-s.factor), s.rest), b));
        }
        Optional<Expr> left = without(a, b, CANCEL_DEPTH);
        if (left.isPresent()) {
            return left.get();
        }
        Term t = term(b);
        if (t.factor != 1 && s.factor != 1 && isExactQuotient(s.factor, t.factor)) {
            return over(times(constant(s.factor / t.factor), s.rest), t.rest);
        }
        return binary(Operator.OVER, a, b);
    }

    /** Returns a product without one of its factors, if it has it. */
    private Optional<Expr> without(Expr product, Expr factor, int depth) {
        if (depth == 0 || !(product instanceof Binary(Operator op, Expr a, Expr b)) || op != Operator.TIMES) {
            return Optional.empty();
        }
        if (a == factor) {
            return Optional.of(b);
        }
        if (b == factor) {
            return Optional.of(a);
        }
        Optional<Expr> right = without(b, factor, depth - 1).map(rest -> times(a, rest));
        return right.isPresent() ? right : without(a, factor, depth - 1).map(rest -> times(rest, b));
    }

    Expr power(Expr a, Expr b) {
        if (is(b, 0)) {
            return constant(1);
        }
        if (is(b, 1)) {
            return a;
        }
        if (a instanceof Constant(double x) && b instanceof Constant(double y) && isWhole(Math.pow(x, y))) {
            return constant(Math.pow(x, y));
        }
        if (b instanceof Constant(double y)
                && exponent(a) instanceof Constant(double x)
                && a != base(a)
                && isWhole(x)
                && isWhole(y)) {
            return power(base(a), constant(x * y));
        }
        return binary(Operator.POWER, a, b);
    }

    Expr apply(Elementary f, Expr a) {
        // Larger arguments may have integers for values by rounding alone, as tanh(20) does.
        if (a instanceof Constant(double x) && (Math.abs(x) <= 16 || f == Elementary.SQRT)) {
            double y = f.apply(x);
            if (isWhole(y) && (f != Elementary.SQRT || y * y == x)) {
                return constant(y);
            }
        }
        return interner.intern(new Apply(f, a));
    }

    private Expr binary(Operator op, Expr a, Expr b) {
        return interner.intern(new Binary(op, a, b));
    }

    private Term term(Expr e) {
        return switch (e) {
            case Constant(double x) -> new Term(x, constant(1));
            case Binary(Operator op, Constant(double x), Expr rest) when op == Operator.TIMES -> new Term(x, rest);
            default -> new Term(1, e);
        };
    }

    private Expr base(Expr e) {
        return e instanceof Binary(Operator op, Expr a, Constant _) && op == Operator.POWER ? a : e;
    }

    private Expr exponent(Expr e) {
        return e instanceof Binary(Operator op, Expr _, Constant b) && op == Operator.POWER ? b : constant(1);
    }

    private static boolean is(Expr e, double value) {
        return e instanceof Constant(double x) && x == value;
    }

    private static boolean isWhole(double x) {
        return x == Math.rint(x) && Math.abs(x) < EXACT;
    }

    private static boolean isExactQuotient(double a, double b) {
        double q = a / b;
        return Double.isFinite(q) && Math.fma(q, b, -a) == 0;
    }
}
