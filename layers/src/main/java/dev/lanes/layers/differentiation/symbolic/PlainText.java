package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;

/**
 * Writes a formula as {@link Parser} reads it, with no parentheses that mathematics does not need: {@code a*(b*c)} is
 * written {@code a*b*c}, so what is read again may differ in its last bit.
 */
final class PlainText extends Writing {
    static String of(Expr e) {
        return new PlainText().text(e);
    }

    @Override
    String write(Expr e) {
        return switch (e) {
            case Expr.Constant(double value) -> number(value);
            case Expr.Variable(String name) -> name;
            case Expr.Negation(Expr a) -> "-" + enclosed(a, binding(a) < PRODUCT);
            case Expr.Apply(Elementary f, Expr a) -> f + "(" + written(a) + ")";
            case Expr.Binary(Operator op, Expr a, Expr b) ->
                switch (op) {
                    case PLUS -> written(a) + " + " + enclosed(b, written(b).startsWith("-"));
                    case MINUS -> written(a) + " - " + enclosed(b, binding(b) <= SUM);
                    case TIMES -> factor(a) + "*" + enclosed(b, binding(b) < PRODUCT);
                    case OVER -> factor(a) + "/" + enclosed(b, binding(b) <= PRODUCT);
                    case POWER -> enclosed(a, binding(a) <= POWER) + "^" + enclosed(b, binding(b) < POWER);
                };
        };
    }

    private String factor(Expr a) {
        return enclosed(a, binding(a) < PRODUCT && !(a instanceof Expr.Constant));
    }

    private String enclosed(Expr e, boolean needed) {
        return needed ? "(" + written(e) + ")" : written(e);
    }
}
