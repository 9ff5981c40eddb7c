package dev.lanes.layers.differentiation.symbolic;

import java.util.IdentityHashMap;
import java.util.Map;

/** What the ways to write a formula down share: the order of the work, and where parentheses are needed. */
abstract class Writing {
    /** Beyond this many signs and names a formula is not written out; shared parts count each time. */
    private static final double MAX_TERMS = 20_000;

    static final int SUM = 1;
    static final int PRODUCT = 2;
    static final int POWER = 3;
    static final int ATOM = 4;

    private final Map<Expr, String> texts = new IdentityHashMap<>();

    /** Returns the text of a formula whose operands have been written. */
    abstract String write(Expr e);

    final String text(Expr root) {
        Map<Expr, Double> terms = new IdentityHashMap<>();
        for (Expr e : Dag.operandsFirst(root)) {
            double sum = 1;
            for (Expr operand : e.operands()) {
                sum += terms.get(operand);
            }
            terms.put(e, sum);
        }
        if (terms.get(root) > MAX_TERMS) {
            return "a formula of " + terms.size() + " parts, too long to be written out";
        }
        for (Expr e : Dag.operandsFirst(root)) {
            texts.put(e, write(e));
        }
        return texts.get(root);
    }

    final String written(Expr operand) {
        return texts.get(operand);
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Returns how strongly the outermost operation of a formula binds. */
    static int binding(Expr e) {
        return switch (e) {
            case Expr.Constant(double value) -> value < 0 ? SUM : ATOM;
            case Expr.Negation _ -> SUM;
            case Expr.Binary(Operator op, Expr a, Expr _) ->
                switch (op) {
                    case PLUS, MINUS -> SUM;
                    // -2*x reads as -(2*x), which is the same number
                    case TIMES, OVER -> a instanceof Expr.Constant(double value) && value < 0 ? SUM : PRODUCT;
                    case POWER -> POWER;
                };
            case Expr.Variable _, Expr.Apply _ -> ATOM;
        };
    }
}
