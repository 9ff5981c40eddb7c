package dev.lanes.examples;

import dev.lanes.layers.differentiation.symbolic.Expr;
import java.util.Map;

/** Formulas in, formulas out: the derivative is itself a formula, simplified, and can be differentiated again. */
final class SymbolicExample implements Example {
    @Override
    public void run(Page page) {
        for (String text : new String[] {"x^3", "sin(x^2)", "x*exp(-x)", "log(x)/x", "sigmoid(w*x+b)"}) {
            page.say("d/dx %-15s = %s", text, Expr.parse(text).differentiate("x"));
        }
        Expr f = Expr.parse("sin(x)*exp(x)");
        Expr second = f.differentiate("x").differentiate("x");
        page.say("twice: d2/dx2 %s = %s", f, second);
        page.say(
                "at x = 1: %.6f, by hand 2 cos(1) e = %.6f",
                second.evaluate(Map.of("x", 1.0)), 2 * Math.cos(1) * Math.E);
    }
}
