package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a formula by recursive descent:
 *
 * <pre>{@code
 * sum     = ["-" | "+"] product { ("+" | "-") product }
 * product = factor { ("*" | "/") factor }
 * factor  = ("-" | "+") factor | atom [ "^" factor ]
 * atom    = number | name | function "(" sum ")" | "pow" "(" sum "," sum ")" | "(" sum ")"
 * }</pre>
 */
final class Parser {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    Parser(String text) {
        this.text = text;
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && isLetter(name.charAt(0))
                && name.chars().allMatch(c -> isLetter((char) c) || isDigit((char) c) || c == '_');
    }

    Expr parse() {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionSyntaxException(
                    MAX_LENGTH + 1, "the expression has " + text.length() + " characters, allowed are " + MAX_LENGTH);
        }
        Expr e = sum();
        if (peek() != 0) {
            throw error("expected an operator such as + or *, not " + found());
        }
        return e;
    }

    private Expr sum() {
        Expr left = take('-') ? negate(product()) : take('+') ? product() : product();
        while (true) {
            if (take('+')) {
                left = left.plus(product());
            } else if (take('-')) {
                left = left.minus(product());
            } else {
                return left;
            }
        }
    }

    private Expr product() {
        Expr left = factor();
        while (true) {
            if (take('*')) {
                left = left.times(factor());
            } else if (take('/')) {
                left = left.over(factor());
            } else {
                return left;
            }
        }
    }

    private Expr factor() {
        if (++depth > MAX_DEPTH) {
            throw error("nested more than " + MAX_DEPTH + " deep");
        }
        Expr e;
        if (take('-')) {
            e = negate(factor());
        } else if (take('+')) {
            e = factor();
        } else {
            e = atom();
            if (take('^')) {
                e = e.pow(factor());
            }
        }
        depth--;
        return e;
    }

    private Expr atom() {
        char c = peek();
        if (take('(')) {
            Expr e = sum();
            require(')');
            return e;
        }
        if (isDigit(c) || c == '.') {
            return number();
        }
        if (isLetter(c)) {
            return named();
        }
        throw error("expected a number, a variable, a function or (, not " + found());
    }

    private Expr named() {
        int start = at;
        while (at < text.length()
                && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        Optional<Elementary> function = Elementary.named(name);
        if (function.isPresent()) {
            require('(');
            Expr e = sum().apply(function.get());
            require(')');
            return e;
        }
        if (name.equals("pow")) {
            require('(');
            Expr base = sum();
            require(',');
            Expr e = base.pow(sum());
            require(')');
            return e;
        }
        if (peek() == '(') {
            at = start;
            throw error("there is no function " + name + "; there are "
                    + Stream.of(Elementary.values()).map(Elementary::toString).collect(Collectors.joining(", "))
                    + " and pow");
        }
        return name.equals("pi") ? Expr.of(Math.PI) : Expr.variable(name);
    }

    private Expr number() {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        int mantissa = at;
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int exponent = at;
            digits();
            if (at == exponent) {
                at = mantissa; // as in 2e: the letter is not part of the number
            }
        }
        if (text.substring(start, mantissa).equals(".")) {
            at = start;
            throw error("expected a digit beside the point");
        }
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            at = start;
            throw error("the number is too large");
        }
        return Expr.of(value);
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static Expr negate(Expr e) {
        return e instanceof Expr.Constant(double value) ? Expr.of(-value) : e.negate();
    }

    /** Returns the next character that is not a space, 0 at the end. */
    private char peek() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char c) {
        if (peek() != c || at == text.length()) {
            return false;
        }
        at++;
        return true;
    }

    private void require(char c) {
        if (!take(c)) {
            throw error("expected " + c + ", not " + found());
        }
    }

    private String found() {
        char c = peek();
        return at == text.length() ? "the end" : c < ' ' || c > '~' ? "character " + (int) c : "'" + c + "'";
    }

    private ExpressionSyntaxException error(String message) {
        return new ExpressionSyntaxException(at + 1, message);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
