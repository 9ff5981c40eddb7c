package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;

/** Writes a formula for LaTeX's mathematics. */
final class LatexText extends Writing {
    static String of(Expr e) {
        return new LatexText().text(e);
    }

    @Override
    String write(Expr e) {
        return switch (e) {
            case Expr.Constant(double value) -> scientific(number(value));
            case Expr.Variable(String name) -> name.length() == 1 ? name : "\\mathrm{" + name.replace("_", "\\_") + "}";
            case Expr.Negation(Expr a) -> "-" + enclosed(a, binding(a) < PRODUCT);
            case Expr.Apply(Elementary f, Expr a) ->
                switch (f) {
                    case EXP -> "e^{" + written(a) + "}";
                    case SQRT -> "\\sqrt{" + written(a) + "}";
                    case LOG -> "\\ln" + always(a);
                    case SIGMOID -> "\\sigma" + always(a);
                    default -> "\\" + f + always(a);
                };
            case Expr.Binary(Operator op, Expr a, Expr b) ->
                switch (op) {
                    case PLUS -> written(a) + " + " + enclosed(b, written(b).startsWith("-"));
                    case MINUS -> written(a) + " - " + enclosed(b, binding(b) <= SUM);
                    case TIMES -> product(factor(a), enclosed(b, binding(b) < PRODUCT));
                    case OVER -> "\\frac{" + written(a) + "}{" + written(b) + "}";
                    case POWER -> enclosed(a, isNoBase(a)) + "^{" + written(b) + "}";
                };
        };
    }

    private String factor(Expr a) {
        return enclosed(a, binding(a) < PRODUCT && !(a instanceof Expr.Constant));
    }

    /** Puts factors side by side where that cannot be read as one number. */
    private static String product(String a, String b) {
        return a + (Character.isDigit(b.charAt(0)) ? " \\cdot " : " ") + b;
    }

    private static boolean isNoBase(Expr a) {
        return binding(a) <= POWER || a instanceof Expr.Apply(Elementary f, Expr _) && f != Elementary.SQRT;
    }

    private String always(Expr e) {
        return enclosed(e, true);
    }

    private String enclosed(Expr e, boolean needed) {
        return needed ? "\\left(" + written(e) + "\\right)" : written(e);
    }

    private static String scientific(String number) {
        int e = number.indexOf('E');
        return e < 0 ? number : number.substring(0, e) + " \\cdot 10^{" + number.substring(e + 1) + "}";
    }
}
