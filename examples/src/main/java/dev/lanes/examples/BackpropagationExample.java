package dev.lanes.examples;

import dev.lanes.layers.differentiation.Dual;
import dev.lanes.layers.differentiation.FiniteDifferences;
import dev.lanes.layers.differentiation.symbolic.Definitions;
import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.layers.differentiation.symbolic.Program;
import dev.lanes.layers.differentiation.symbolic.Trace;
import java.util.Map;
import java.util.TreeMap;

/** The textbook's four examples, each value on the way forwards, each derivative on the way back, and four ways compared. */
final class BackpropagationExample implements Example {
    @Override
    public void run(Page page) {
        show(page, "a function of one number", "t = x^2; u1 = sin(t); u2 = 3*t; u = u1 + u2; cos(u)", "x", 0.5);
        show(
                page,
                "logistic regression",
                "a = w1*x1 + w2*x2; y = sigmoid(a); s*log(y) + (1 - s)*log(1 - y)",
                "s w1 w2 x1 x2",
                1,
                0.3,
                -0.8,
                1,
                2);
        show(
                page,
                "a network of two layers",
                "a1 = w11*x1 + w12*x2; a2 = w21*x1 + w22*x2; z1 = sigmoid(a1); z2 = sigmoid(a2);"
                        + " b = v1*z1 + v2*z2; y = sigmoid(b); log(y)",
                "x1 x2 w11 w12 w21 w22 v1 v2",
                1,
                -0.5,
                0.2,
                -0.4,
                0.7,
                0.1,
                0.5,
                -1.1);
        show(
                page,
                "a convolution (k1 k2 / k3 k4) over (1 2 0 / -1 1 2 / 0 1 -1), tanh, the mean of all, a logistic unit",
                "a1 = k1 + 2*k2 - k3 + k4; a2 = 2*k1 + k3 + 2*k4; a3 = -k1 + k2 + k4; a4 = k1 + 2*k2 + k3 - k4;"
                        + " z1 = tanh(a1); z2 = tanh(a2); z3 = tanh(a3); z4 = tanh(a4);"
                        + " p = (z1 + z2 + z3 + z4)/4; y = sigmoid(v*p + c); log(y)",
                "k1 k2 k3 k4 v c",
                0.4,
                -0.3,
                0.2,
                0.1,
                1.5,
                -0.2);
    }

    private static void show(Page page, String title, String text, String names, double... values) {
        Definitions lines = Definitions.parse(text);
        String[] variables = names.split(" ");
        Map<String, Double> at = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            at.put(variables[i], values[i]);
        }
        Trace trace = Trace.of(lines, at);
        page.say("%s:", title);
        for (Trace.Step step : trace.steps()) {
            boolean named = at.containsKey(step.name()) || lines.lines().containsKey(step.name());
            if (named) {
                String operation =
                        at.containsKey(step.name()) ? "" : "= " + lines.lines().get(step.name());
                page.say(
                        "  %-3s %-34s = %9.6f    dJ/d%-3s = %9.6f",
                        step.name(), operation, step.value(), step.name(), step.derivative());
            }
        }
        Expr j = lines.result();
        Program f = j.compile(variables);
        double[] differences = FiniteDifferences.central().gradient(f::evaluate, values);
        double off = 0;
        for (int i = 0; i < variables.length; i++) {
            String x = variables[i];
            double reverse = trace.steps().stream()
                    .filter(step -> step.name().equals(x))
                    .findFirst()
                    .orElseThrow()
                    .derivative();
            double forward = j.evaluate(name -> new Dual(at.get(name), name.equals(x) ? 1 : 0), Dual::of)
                    .tangent();
            double symbolic = j.differentiate(x).evaluate(at);
            off = Math.max(off, Math.max(Math.abs(forward - reverse), Math.abs(symbolic - reverse)));
            off = Math.max(off, Math.abs(differences[i] - reverse));
        }
        page.say(
                "  forward mode, formulas and differences give the same: %s", off < 1e-9 ? "yes" : "no, off by " + off);
    }
}
