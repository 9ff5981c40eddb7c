package dev.lanes.layers.differentiation.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""           | position 1: expected a number, a variable, a function or (, not the end
            x +          | position 4: expected a number, a variable, a function or (, not the end
            x + * y      | position 5: expected a number, a variable, a function or (, not '*'
            3x           | position 2: expected an operator such as + or *, not 'x'
            (x           | position 3: expected ), not the end
            x)           | position 2: expected an operator such as + or *, not ')'
            sin x        | position 5: expected (, not 'x'
            2*sine(x)    | position 3: there is no function sine; there are sin, cos, tan, exp, log, sqrt, tanh, sigmoid and pow
            pow(x)       | position 6: expected ,, not ')'
            1 + .        | position 5: expected a digit beside the point
            1e999        | position 1: the number is too large
            2e           | position 2: expected an operator such as + or *, not 'e'
            x $ y        | position 3: expected an operator such as + or *, not '$'
            x²           | position 2: expected an operator such as + or *, not character 178
            """)
    void should_say_where_and_what_is_wrong(String text, String message) {
        assertEquals(
                message,
                assertThrows(ExpressionSyntaxException.class, () -> Expr.parse(text))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 + 2*3     | 7
            -2^2        | -4
            2^-1        | 0.5
            2^3^2       | 512
            8/4/2       | 1
            1 - 2 - 3   | -4
            --3         | 3
            2*-3        | -6
            1.5e2 + 2E-1 | 150.2
            pow(2, 5)   | 32
            """)
    void should_read_as_mathematics_is_written(String text, double value) {
        assertEquals(value, Expr.parse(text).evaluate(Map.of()));
    }

    @Test
    void should_refuse_what_is_too_deep_or_too_long_before_it_hurts() {
        for (String opening : new String[] {"(", "-", "sin(", "x^", "pow("}) {
            String text = opening.repeat(10_000 / opening.length());
            assertTrue(assertThrows(ExpressionSyntaxException.class, () -> Expr.parse(text))
                    .getMessage()
                    .endsWith("nested more than 200 deep"));
        }
        assertEquals(
                "position 10001: the expression has 10001 characters, allowed are 10000",
                assertThrows(ExpressionSyntaxException.class, () -> Expr.parse("x".repeat(10_001)))
                        .getMessage());
        Expr chain = Expr.parse("x" + "-x".repeat(4_999));
        assertEquals(-4998, chain.differentiate("x").evaluate(Map.of()));
        assertEquals("x - x - x", chain.toString().substring(0, 9));
    }

    /** Whatever comes in, there is either a formula or a position within the text. */
    @Test
    void should_survive_random_text() {
        SplittableRandom random = new SplittableRandom(3);
        String alphabet = "xy12.e()+-*/^, sincospow\t\u00e9";
        for (int n = 0; n < 20_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Expr.parse(text.toString());
            } catch (ExpressionSyntaxException e) {
                assertTrue(e.position() >= 1 && e.position() <= text.length() + 1, text + ": " + e.getMessage());
            }
        }
    }

    @Test
    void should_read_lines_that_build_on_one_another() {
        Definitions lines = Definitions.parse(" a = x^2 ;b=a + sin(a); a*b ");
        assertEquals(List.of("a", "b", "J"), List.copyOf(lines.lines().keySet()));
        assertEquals("a + sin(a)", lines.lines().get("b").toString());
        assertEquals("x^2*(x^2 + sin(x^2))", lines.result().toString());
        assertEquals(6, lines.result().size(), "x^2 is one object"); // x, 2, x^2, sin, +, *
        assertEquals(Definitions.parse("J = x + 1"), Definitions.parse("x + 1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a = x; a = 2; a | 8  | a is defined already
            b = a; a = 2; b | 8  | a is used before, as a variable
            sin = 2; x      | 1  | sin cannot be defined
            a = x           | 6  | expected ; and the result behind a
            a = x b; a      | 7  | expected an operator such as + or *, or ;, not 'b'
            a = x;          | 7  | expected a number, a variable, a function or (, not the end
            x + 2; x        | 6  | expected an operator such as + or *, or the end behind the result, not ';'
            a = 2; J + a    | 8  | the result is called J, so no variable can be; rename it
            """)
    void should_name_the_position_of_a_mistake_in_lines(String text, int position, String message) {
        ExpressionSyntaxException e = assertThrows(ExpressionSyntaxException.class, () -> Definitions.parse(text));
        assertEquals("position " + position + ": " + message, e.getMessage());
    }
}
