package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The rules of differentiation. Each object of the formula gets one derivative, made of a few new objects and of those
 * that are there already; so the derivative is larger than the formula by a factor that is bounded.
 */
final class Derivative {
    private final Simplifier s = new Simplifier();
    private final Map<Expr, Expr> derivatives = new IdentityHashMap<>();
    private final Expr zero = s.constant(0);

    private Derivative() {}

    static Expr of(Expr root, String variable) {
        Derivative d = new Derivative();
        Expr simple = d.s.simplify(root);
        for (Expr e : Dag.operandsFirst(simple)) {
            d.derivatives.put(e, d.rule(e, variable));
        }
        return d.derivatives.get(simple);
    }

    private Expr rule(Expr e, String variable) {
        return switch (e) {
            case Expr.Constant _ -> zero;
            case Expr.Variable(String name) -> s.constant(name.equals(variable) ? 1 : 0);
            case Expr.Negation(Expr a) -> s.negate(d(a));
            case Expr.Apply(Elementary f, Expr a) -> d(a) == zero ? zero : chain(f, a, e);
            case Expr.Binary(Operator op, Expr a, Expr b) when d(a) == zero && d(b) == zero -> zero;
            case Expr.Binary(Operator op, Expr a, Expr b) ->
                switch (op) {
                    case PLUS -> s.plus(d(a), d(b));
                    case MINUS -> s.minus(d(a), d(b));
                    case TIMES -> s.plus(s.times(d(a), b), s.times(a, d(b)));
                    // (a/b)' = (a' - (a/b) b') / b
                    case OVER -> s.over(s.minus(d(a), s.times(e, d(b))), b);
                    case POWER -> power(a, b, e);
                };
        };
    }

    private Expr d(Expr e) {
        return derivatives.get(e);
    }

    /** Returns {@code a' f'(a)}; y is {@code f(a)}. */
    private Expr chain(Elementary f, Expr a, Expr y) {
        Expr one = s.constant(1);
        return switch (f) {
            case SIN -> s.times(d(a), s.apply(Elementary.COS, a));
            case COS -> s.negate(s.times(d(a), s.apply(Elementary.SIN, a)));
            case TAN -> s.times(d(a), s.plus(one, s.power(y, s.constant(2))));
            case EXP -> s.times(d(a), y);
            case LOG -> s.over(d(a), a);
            case SQRT -> s.over(d(a), s.times(s.constant(2), y));
            case TANH -> s.times(d(a), s.minus(one, s.power(y, s.constant(2))));
            case SIGMOID -> s.times(d(a), s.times(y, s.minus(one, y)));
        };
    }

    /** Returns {@code b a^(b-1) a' + a^b log(a) b'}, without the part that does not change. */
    private Expr power(Expr a, Expr b, Expr y) {
        Expr byBase = zero;
        Expr byExponent = zero;
        if (d(a) != zero) {
            byBase = s.times(s.times(b, s.power(a, s.minus(b, s.constant(1)))), d(a));
        }
        if (d(b) != zero) {
            byExponent = s.times(s.times(y, s.apply(Elementary.LOG, a)), d(b));
        }
        return s.plus(byBase, byExponent);
    }
}
