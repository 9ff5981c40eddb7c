package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a formula, or lines of formulas, by recursive descent:
 *
 * <pre>{@code
 * lines   = { name "=" sum ";" } [ "J" "=" ] sum
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
    private boolean inDefinitions;

    Parser(String text) {
        this.text = text;
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && isLetter(name.charAt(0))
                && name.chars().allMatch(c -> isLetter((char) c) || isDigit((char) c) || c == '_');
    }

    Expr parse() {
        requireLength();
        Expr e = sum();
        requireEnd("expected an operator such as + or *, not ");
        return e;
    }

    SequencedMap<String, Expr> definitions() {
        requireLength();
        inDefinitions = true;
        SequencedMap<String, Expr> lines = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        while (true) {
            peek();
            int start = at;
            Optional<String> name = definedName();
            boolean isResult = name.isEmpty() || name.get().equals(Definitions.RESULT);
            if (name.isPresent()) {
                requireNew(name.get(), start, lines.keySet(), used);
            }
            Expr e = sum();
            used.addAll(e.variables());
            lines.put(name.orElse(Definitions.RESULT), e);
            if (isResult) {
                requireEnd("expected an operator such as + or *, or the end behind the result, not ");
                return lines;
            }
            if (!take(';')) {
                throw error(
                        at == text.length()
                                ? "expected ; and the result behind " + name.get()
                                : "expected an operator such as + or *, or ;, not " + found());
            }
        }
    }

    /** Returns the name at the beginning of a definition, which is read with its {@code =}; if there is none, reads nothing. */
    private Optional<String> definedName() {
        int start = at;
        if (isLetter(peek())) {
            String name = word();
            if (take('=')) {
                return Optional.of(name);
            }
        }
        at = start;
        return Optional.empty();
    }

    private void requireNew(String name, int start, Set<String> defined, Set<String> used) {
        String reason = defined.contains(name)
                ? " is defined already"
                : used.contains(name)
                        ? " is used before, as a variable"
                        : Elementary.named(name).isPresent() || name.equals("pow") || name.equals("pi")
                                ? " cannot be defined"
                                : "";
        if (!reason.isEmpty()) {
            at = start;
            throw error(name + reason);
        }
    }

    private void requireLength() {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionSyntaxException(
                    MAX_LENGTH + 1, "the expression has " + text.length() + " characters, allowed are " + MAX_LENGTH);
        }
    }

    private void requireEnd(String expected) {
        if (peek() != 0 || at < text.length()) {
            throw error(expected + found());
        }
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

    private String word() {
        int start = at;
        while (at < text.length()
                && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private Expr named() {
        int start = at;
        String name = word();
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
        if (inDefinitions && name.equals(Definitions.RESULT)) {
            at = start;
            throw error("the result is called " + name + ", so no variable can be; rename it");
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
