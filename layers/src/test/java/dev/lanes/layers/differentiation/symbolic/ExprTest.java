package dev.lanes.layers.differentiation.symbolic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.differentiation.Dual;
import dev.lanes.layers.differentiation.Elementary;
import dev.lanes.layers.differentiation.FiniteDifferences;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExprTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cos(sin(x^2) + 3*x^2)   | -(2*x*cos(x^2) + 6*x)*sin(sin(x^2) + 3*x^2)
            x^3                     | 3*x^2
            x^-1                    | -x^(-2)
            2^x                     | 2^x*log(2)
            x^x                     | x*x^(x - 1) + x^x*log(x)
            exp(-x)                 | -exp(-x)
            log(x)                  | 1/x
            sqrt(x)                 | 1/(2*sqrt(x))
            tan(x)                  | 1 + tan(x)^2
            tanh(x)                 | 1 - tanh(x)^2
            sigmoid(x)              | sigmoid(x)*(1 - sigmoid(x))
            a*x + b                 | a
            (x + 1)/(x - 1)         | (1 - (x + 1)/(x - 1))/(x - 1)
            y*log(x) + (1 - y)*log(1 - x) | y/x - (1 - y)/(1 - x)
            log(sigmoid(2*x))       | 2*(1 - sigmoid(2*x))
            7                       | 0
            """)
    void should_differentiate_and_simplify(String formula, String derivative) {
        assertEquals(derivative, Expr.parse(formula).differentiate("x").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 + x          | x
            x*1*1          | x
            x - x          | 0
            x*x*x          | x^3
            (x^2)^3        | x^6
            2*x + 3*x      | 5*x
            2*x - 3*x      | -x
            3*(2*x)        | 6*x
            x*2*y*3        | 6*x*y
            -(-x)          | x
            x + (-y)       | x - y
            x - (-2)*y     | x + 2*y
            -(x - y)       | y - x
            x*0            | 0
            6*x/(3*y)      | 2*x/y
            sin(0) + cos(0) + log(1) | 1
            sqrt(9)*x      | 3*x
            1/3            | 1/3
            log(2)         | log(2)
            sqrt(2)        | sqrt(2)
            """)
    void should_simplify(String formula, String simple) {
        assertEquals(simple, Expr.parse(formula).simplify().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a - (b - c)      | a - (b - c)
            a - b - c        | a - b - c
            a + (b + c)      | a + b + c
            a/(b*c)          | a/(b*c)
            a/b*c            | a/b*c
            (a + b)*c        | (a + b)*c
            a^b^c            | a^b^c
            (a^b)^c          | (a^b)^c
            -a^2             | -a^2
            (-a)^2           | (-a)^2
            2^-a             | 2^(-a)
            -a*b             | -a*b
            -2*a             | -2*a
            a*-b             | a*(-b)
            1e-7*a           | 1.0E-7*a
            pow(a + b, 2)    | (a + b)^2
            .5*pi            | 0.5*3.141592653589793
            """)
    void should_write_what_it_reads_with_no_needless_parentheses(String formula, String text) {
        Expr e = Expr.parse(formula);
        assertEquals(text, e.toString());
        assertEquals(text, Expr.parse(text).toString());
        Map<String, Double> at = Map.of("a", 1.7, "b", 0.6, "c", -2.3);
        assertEquals(e.evaluate(at), Expr.parse(text).evaluate(at), 1e-14);
    }

    @Test
    void should_write_latex() {
        Expr e = Expr.parse("-2*x*cos(x^2)/sqrt(rate_1) + 3*4*exp(-x)^2 - log(sigmoid(x))");
        assertEquals(
                "\\frac{\\left(-2 x\\right) \\cos\\left(x^{2}\\right)}{\\sqrt{\\mathrm{rate\\_1}}}",
                Expr.parse("(-2)*x*cos(x^2)/sqrt(rate_1)").toLatex());
        assertTrue(e.toLatex().contains("3 \\cdot 4 \\left(e^{-x}\\right)^{2}"), e.toLatex());
        assertTrue(e.toLatex().endsWith(" - \\ln\\left(\\sigma\\left(x\\right)\\right)"), e.toLatex());
    }

    @ParameterizedTest
    @EnumSource
    void should_know_the_derivative_of_every_function(Elementary f) {
        Expr d = Expr.variable("x").apply(f).differentiate("x");
        for (double x : new double[] {0.1, 0.7, 1.3, 2.9}) {
            double expected = FiniteDifferences.central().derivative(f::apply, x);
            assertEquals(expected, d.evaluate(Map.of("x", x)), 1e-8 * (1 + Math.abs(expected)), "at " + x);
            assertEquals(expected, f.slope(x, f.apply(x)), 1e-8 * (1 + Math.abs(expected)), "at " + x);
        }
    }

    /** Derivatives of random formulas against dual numbers, which share nothing with them but the functions. */
    @Test
    void should_agree_with_dual_numbers_on_random_formulas() {
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        int compared = 0;
        for (int n = 0; n < 2000; n++) {
            Expr e = random(random, 5);
            double x = random.nextDouble(0.2, 2);
            Dual dual = e.evaluate(name -> name.equals("x") ? Dual.variable(x) : Dual.of(0.8), Dual::of);
            Map<String, Double> at = Map.of("x", x, "y", 0.8);
            Expr d = e.differentiate("x");
            if (Double.isFinite(dual.tangent()) && Math.abs(dual.tangent()) < 1e6 && Math.abs(dual.value()) < 1e6) {
                double allowed = 1e-7 * (1 + Math.abs(dual.tangent()));
                String what = "seed " + seed + ": " + e + " at " + at + ", derivative " + d;
                assertEquals(dual.tangent(), d.evaluate(at), allowed, what);
                assertEquals(dual.value(), e.simplify().evaluate(at), 1e-9 * (1 + Math.abs(dual.value())), what);
                assertEquals(d.evaluate(at), d.compile("x", "y").evaluate(x, 0.8), what);
                assertEquals(
                        d.evaluate(at),
                        Expr.parse(d.toString()).evaluate(at),
                        1e-7 * (1 + Math.abs(dual.tangent())),
                        what);
                compared++;
            }
        }
        assertTrue(compared > 1000, "only " + compared + " had a derivative");
    }

    private static Expr random(SplittableRandom random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> Expr.of(random.nextInt(-3, 4));
                case 1 -> Expr.variable("y");
                default -> Expr.variable("x");
            };
        }
        Expr a = random(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> a.plus(random(random, depth - 1));
            case 1 -> a.minus(random(random, depth - 1));
            case 2 -> a.times(random(random, depth - 1));
            case 3 -> a.over(random(random, depth - 1));
            case 4 -> a.pow(random.nextInt(-2, 4));
            case 5 -> a.negate();
            default -> a.apply(Elementary.values()[random.nextInt(Elementary.values().length)]);
        };
    }

    /** Written out, this product has 2^60 factors; its derivative must stay as small as the graph. */
    @Test
    void should_not_let_derivatives_of_nested_products_explode() {
        Expr f = Expr.variable("x");
        for (int i = 0; i < 60; i++) {
            f = f.times(f.sin());
        }
        Expr first = f.differentiate("x");
        Expr second = first.differentiate("x");
        assertEquals(121, f.size());
        assertTrue(first.size() < 6 * f.size(), "first derivative: " + first.size());
        assertTrue(second.size() < 30 * f.size(), "second derivative: " + second.size());
        assertTrue(first.toString().startsWith("a formula of "), first.toString());
        Dual dual = f.evaluate(_ -> Dual.variable(1.5), Dual::of);
        assertEquals(dual.tangent(), first.evaluate(Map.of("x", 1.5)), 1e-9 * Math.abs(dual.tangent()));
    }

    @Test
    void should_differentiate_products_of_many_factors_in_linear_size() {
        Expr f = Expr.variable("x0");
        for (int i = 1; i < 100; i++) {
            f = f.times(Expr.variable("x" + i).plus(Expr.variable("x0")));
        }
        assertTrue(
                f.differentiate("x0").size() < 3 * f.size(),
                "size " + f.differentiate("x0").size());
    }

    @Test
    void should_be_of_any_depth() {
        Expr f = Expr.variable("x");
        for (int i = 0; i < 50_000; i++) {
            f = f.sin();
        }
        assertTrue(Double.isFinite(f.differentiate("x").evaluate(Map.of("x", 1.0))));
        assertEquals(f, f.simplify());
    }

    @Test
    void should_compare_formulas_and_not_objects() {
        Expr a = Expr.parse("sin(x) + sin(x)");
        assertEquals(a, Expr.parse("sin(x)+sin(x)"));
        assertEquals(a.hashCode(), Expr.parse("sin(x)+sin(x)").hashCode());
        assertNotEquals(a, Expr.parse("sin(x) + sin(y)"));
        assertEquals(5, a.size());
        assertEquals(3, a.simplify().operands().getLast().size() + 1);
        Expr shared = Expr.parse("(x + 1)*cos(x + 1)").simplify();
        assertSame(
                shared.operands().getFirst(),
                shared.operands().getLast().operands().getFirst());
    }

    @Test
    void should_compute_equal_parts_once() {
        Expr f = Expr.parse("exp(x*y) + exp(x*y)*z");
        assertEquals(4, f.compile("x", "y", "z").operations());
        Program all = Program.of(List.of("x", "y", "z"), f, f.differentiate("x"));
        double[] values = all.evaluateAll(0.5, 2, 3);
        assertEquals(4 * Math.E, values[0], 1e-14);
        assertEquals(8 * Math.E, values[1], 1e-14);
    }

    /** After many evaluations a program is a class of the JVM; the bits must be those of the first evaluation. */
    @Test
    void should_give_the_same_bits_when_a_program_has_become_a_class() {
        Expr x = Expr.variable("x");
        Expr y = Expr.variable("y");
        Expr everything = x.pow(y).negate().over(x.minus(y)).plus(x.times(Math.PI));
        for (Elementary f : Elementary.values()) {
            everything = everything.plus(y.times(0.3).apply(f));
        }
        Expr large = x;
        for (int i = 0; i < 600; i++) {
            large = large.times(y).plus(x);
        }
        Program small = Program.of(List.of("x", "y"), everything, everything.differentiate("y"), x, Expr.of(3));
        Program tooLarge = Program.of(List.of("x", "y"), large);
        double[] first = small.evaluateAll(1.7, 0.9);
        double[] firstOfLarge = tooLarge.evaluateAll(1.7, 0.9);
        for (int i = 0; i < 3000; i++) {
            assertArrayEquals(first, small.evaluateAll(1.7, 0.9));
            assertArrayEquals(firstOfLarge, tooLarge.evaluateAll(1.7, 0.9));
        }
        assertEquals(everything.evaluate(Map.of("x", -0.3, "y", 2.0)), small.evaluate(-0.3, 2));
    }

    @Test
    void should_say_what_is_missing() {
        Expr f = Expr.parse("x + y");
        assertEquals(
                "no value for y; there are values for x",
                assertThrows(IllegalArgumentException.class, () -> f.evaluate(Map.of("x", 1.0)))
                        .getMessage());
        assertEquals(
                "compile: the formula has a variable y, which is not among [x]",
                assertThrows(IllegalArgumentException.class, () -> f.compile("x"))
                        .getMessage());
        assertEquals(
                "evaluate: there are 1 values for 2 variables",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> f.compile("x", "y").evaluate(1))
                        .getMessage());
        assertEquals(
                "variable name \"sin\" must be a letter and then letters, digits and _, and not the name of a function",
                assertThrows(IllegalArgumentException.class, () -> Expr.variable("sin"))
                        .getMessage());
    }
}
