package dev.lanes.layers.differentiation.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.differentiation.Elementary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
    /** The textbook's example, with the names it uses. */
    @Test
    void should_name_and_compute_the_steps_of_the_first_example() {
        double x = 0.5;
        double t = x * x;
        double u1 = Math.sin(t);
        double u2 = 3 * t;
        double u = u1 + u2;
        double dU = -Math.sin(u);
        double dT = dU * Math.cos(t) + dU * 3;
        List<Trace.Step> steps =
                Trace.of(Expr.parse("cos(sin(x^2) + 3*x^2)"), Map.of("x", x)).steps();
        step(steps.get(0), "x", "x", x, "dJ/dt*2*x", dT * 2 * x);
        step(steps.get(1), "t", "x^2", t, "dJ/du1*cos(t) + dJ/du2*3", dT);
        step(steps.get(2), "u1", "sin(t)", u1, "dJ/du", dU);
        step(steps.get(3), "u2", "3*t", u2, "dJ/du", dU);
        step(steps.get(4), "u", "u1 + u2", u, "dJ/dJ*(-sin(u))", dU);
        step(steps.get(5), "J", "cos(u)", Math.cos(u), "1", 1);
        assertEquals(6, steps.size());
    }

    private static void step(
            Trace.Step step, String name, String operation, double value, String rule, double derivative) {
        assertEquals(name, step.name());
        assertEquals(operation, step.operation().toString());
        assertEquals(value, step.value(), 1e-15);
        assertEquals(rule, step.rule());
        assertEquals(derivative, step.derivative(), 1e-14);
    }

    @Test
    void should_number_the_steps_where_a_variable_has_such_a_name() {
        List<Trace.Step> steps =
                Trace.of(Expr.parse("sin(u)*v - u"), Map.of("u", 1.0, "v", 2.0)).steps();
        assertEquals(
                List.of("u", "v", "vv1", "vv2", "J"),
                steps.stream().map(Trace.Step::name).toList());
        assertEquals("dJ/dvv2*v", steps.get(2).rule());
        assertEquals("dJ/dvv1*cos(u) - dJ/dJ", steps.get(0).rule());
    }

    /** Logistic regression as the textbook writes it: dJ/dy = s/y - (1 - s)/(1 - y), dJ/da = s - y. */
    @Test
    void should_keep_the_names_that_parts_were_given() {
        Definitions lines = Definitions.parse("a = w*x; y = sigmoid(a); J = s*log(y) + (1 - s)*log(1 - y)");
        List<Trace.Step> steps =
                Trace.of(lines, Map.of("w", 0.5, "x", 2.0, "s", 0.25)).steps();
        assertEquals(
                List.of("s", "w", "x", "a", "y", "u11", "u1", "u21", "u221", "u22", "u2", "J"),
                steps.stream().map(Trace.Step::name).toList());
        double y = Elementary.SIGMOID.apply(1);
        step(steps.get(3), "a", "w*x", 1, "dJ/dy*sigmoid(a)*(1 - sigmoid(a))", 0.25 - y);
        assertEquals(0.25 / y - 0.75 / (1 - y), steps.get(4).derivative(), 1e-14);
        step(steps.get(1), "w", "w", 0.5, "dJ/da*x", 2 * (0.25 - y));
    }

    @Test
    void should_trace_what_is_no_operation_at_all() {
        assertEquals(3, Trace.of(Expr.parse("3"), Map.of()).steps().getLast().value());
        List<Trace.Step> steps = Trace.of(Expr.parse("x"), Map.of("x", 2.0)).steps();
        assertEquals("dJ/dJ", steps.getFirst().rule());
        assertEquals(1, steps.getFirst().derivative());
    }

    @Test
    void should_refuse_a_variable_called_as_the_result() {
        assertEquals(
                "trace: the result is called J, so no variable can be; rename it",
                assertThrows(IllegalArgumentException.class, () -> Trace.of(Expr.parse("2*J"), Map.of("J", 1.0)))
                        .getMessage());
    }
}
