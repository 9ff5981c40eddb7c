package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DifferentiateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return Main.run(line, args);
    }

    @Test
    void should_show_formulas_steps_and_four_values() {
        assertEquals(0, run("differentiate", "cos(sin(x^2)+3*x^2)", "--at", "x=0.5"));
        String expected = """
                J     = cos(sin(x^2) + 3*x^2)
                dJ/dx = -(2*x*cos(x^2) + 6*x)*sin(sin(x^2) + 3*x^2)

                Forwards, from the variables to J:
                  x            =  0.5000000000
                  t  = x^2     =  0.2500000000
                  u1 = sin(t)  =  0.2474039593
                  u2 = 3*t     =  0.7500000000
                  u  = u1 + u2 =  0.9974039593
                  J  = cos(u)  =  0.5424849757

                Backwards, from J to the variables:
                  dJ/dJ                             =  1.0000000000
                  dJ/du  = dJ/dJ*(-sin(u))          = -0.8400655041
                  dJ/du2 = dJ/du                    = -0.8400655041
                  dJ/du1 = dJ/du                    = -0.8400655041
                  dJ/dt  = dJ/du1*cos(t) + dJ/du2*3 = -3.3341464141
                  dJ/dx  = dJ/dt*2*x                = -3.3341464141

                dJ/dx in four ways:
                                      value          off by    cost
                  reverse mode       -3.3341464141   0         5 operations and the way back, for all variables at once
                  forward mode       -3.3341464141   0         5 operations on dual numbers
                  symbolic           -3.3341464141   0         12 operations
                """;
        String[] lines = out.toString().split("\\R");
        String[] wanted = expected.split("\\R");
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], lines[i]);
        }
        assertTrue(lines[wanted.length].startsWith("  finite differences -3.33414641"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void should_take_several_variables_and_formulas_for_values() {
        assertEquals(0, run("differentiate", "x*sin(y)", "--at", "x=2,y=pi/6", "--latex"));
        assertTrue(out.toString().contains("  J = x*u    =  1.0000000000"), out.toString());
        assertTrue(out.toString().contains("All derivatives in four ways:"), out.toString());
        assertTrue(out.toString().contains("  operations  2 and back      2 x 2 dual"), out.toString());
        assertTrue(out.toString().contains("x \\cos\\left(y\\right)"), out.toString());
    }

    @Test
    void should_show_parts_under_their_names() {
        assertEquals(0, run("differentiate", "a = w*x; y = sigmoid(a); log(y)", "--at", "w=0.5,x=2"));
        String text = out.toString();
        assertTrue(text.startsWith("a     = w*x" + System.lineSeparator() + "y     = sigmoid(a)"), text);
        assertTrue(text.contains("  a = w*x        =  1.0000000000"), text);
        assertTrue(text.contains("  dJ/da = dJ/dy*sigmoid(a)*(1 - sigmoid(a)) =  0.2689414214"), text);
        assertTrue(text.contains("  dJ/dw = dJ/da*x                           =  0.5378828427"), text);
    }

    @Test
    void should_say_where_there_is_no_value() {
        assertEquals(0, run("differentiate", "log(x)", "--at", "x=-1"));
        assertTrue(out.toString().contains("J has no value there."), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"composition", "logistic", "network", "cnn"})
    void should_run_the_examples_of_the_textbook(String name) {
        assertEquals(0, run("differentiate", "--example", name));
        assertTrue(out.toString().contains("Forwards, from the "), out.toString());
        assertTrue(out.toString().contains("finite differences"), out.toString());
        assertEquals(name.equals("cnn"), out.toString().contains("vjp (reverse)"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void should_want_a_formula_or_an_example() {
        assertEquals(2, run("differentiate"));
        assertEquals(2, run("differentiate", "x", "--example", "cnn"));
        String message = "lanes: needs a FORMULA or an --example, one of the two";
        assertEquals(message + message, err.toString().replaceAll("\\R", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x*           | x=1     | "x*": position 3: expected a number, a variable, a function or (, not the end
            sine(x)      | x=1     | "sine(x)": position 1: there is no function sine; there are sin, cos, tan, exp, log, sqrt, tanh, sigmoid and pow
            x*y          | x=1     | no value for y; add --at y=VALUE
            x            | y=1     | --at y=1: the formula has only x
            2            | y=1     | --at y=1: the formula has no variables
            x            | x       | --at x: needs a name and a value, as in --at x=0.5
            x            | x=one   | --at x=one: one is not a number
            x            | x=1/0   | --at x=1/0: 1/0 is not a number
            x            | x=1,x=2 | --at x=2: x is given twice
            J            | J=1     | "J": position 1: the result is called J, so no variable can be; rename it
            """)
    void should_tell_misuse_in_one_line(String formula, String at, String message) {
        assertEquals(2, run("differentiate", formula, "--at", at));
        assertEquals("lanes: " + message, err.toString().strip());
        assertEquals("", out.toString());
    }
}
