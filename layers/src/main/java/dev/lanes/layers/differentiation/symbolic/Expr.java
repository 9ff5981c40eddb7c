package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Arithmetic;
import dev.lanes.layers.differentiation.Elementary;
import dev.lanes.layers.differentiation.Real;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * A formula: a constant, a variable, or an operation on formulas. Immutable.
 *
 * <p>What is used several times is one object, not copies of it, so a formula is a graph; all methods here but those that
 * write it down take time in proportion to the objects, however large the formula would be written out. None recurses,
 * so formulas may be of any depth. Equality is that of the formulas written out, without simplification.
 *
 * <pre>{@code
 * Expr j = Expr.parse("cos(sin(x^2) + 3*x^2)");
 * Expr d = j.differentiate("x");                  // -(2*x*cos(x^2) + 6*x)*sin(sin(x^2) + 3*x^2)
 * d.evaluate(Map.of("x", 0.5));
 * Program fast = d.compile("x");
 * fast.evaluate(0.5);
 * }</pre>
 */
public sealed interface Expr extends Arithmetic<Expr> {
    /**
     * A number.
     *
     * @param value the number
     */
    record Constant(double value) implements Expr {
        @Override
        public String toString() {
            return PlainText.of(this);
        }
    }

    /**
     * Something to be given a value.
     *
     * @param name a letter, followed by letters, digits and {@code _}
     */
    record Variable(String name) implements Expr {
        /**
         * @throws IllegalArgumentException if the name is not of the form, or that of a function
         */
        public Variable {
            if (!Parser.isName(name) || Elementary.named(name).isPresent()) {
                throw new IllegalArgumentException("variable name \"" + name
                        + "\" must be a letter and then letters, digits and _, and not the name of a function");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A formula with the other sign.
     *
     * @param operand the formula
     */
    record Negation(Expr operand) implements Expr {
        @Override
        public boolean equals(Object other) {
            return Dag.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Dag.hash(this);
        }

        @Override
        public String toString() {
            return PlainText.of(this);
        }
    }

    /**
     * A function of a formula.
     *
     * @param function the function
     * @param operand what it is applied to
     */
    record Apply(Elementary function, Expr operand) implements Expr {
        @Override
        public boolean equals(Object other) {
            return Dag.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Dag.hash(this);
        }

        @Override
        public String toString() {
            return PlainText.of(this);
        }
    }

    /**
     * An operation on two formulas.
     *
     * @param operator the operation
     * @param left the first
     * @param right the second
     */
    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        @Override
        public boolean equals(Object other) {
            return Dag.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Dag.hash(this);
        }

        @Override
        public String toString() {
            return PlainText.of(this);
        }
    }

    /** Returns a constant. */
    static Expr of(double value) {
        return new Constant(value);
    }

    /** Returns a variable; throws {@link IllegalArgumentException} if the name cannot be one. */
    static Expr variable(String name) {
        return new Variable(name);
    }

    /**
     * Returns the formula that a text such as {@code cos(sin(x^2) + 3*x^2)} describes: numbers, variables, {@code pi},
     * {@code + - * / ^}, parentheses and the functions of {@link Elementary}. The power binds to the right and before
     * the sign, so {@code -x^2} is negative.
     *
     * @throws ExpressionSyntaxException if it describes none; it names the position
     */
    static Expr parse(String text) {
        return new Parser(text).parse();
    }

    @Override
    default Expr constant(double value) {
        return of(value);
    }

    @Override
    default Expr plus(Expr other) {
        return new Binary(Operator.PLUS, this, other);
    }

    @Override
    default Expr minus(Expr other) {
        return new Binary(Operator.MINUS, this, other);
    }

    @Override
    default Expr times(Expr other) {
        return new Binary(Operator.TIMES, this, other);
    }

    @Override
    default Expr over(Expr other) {
        return new Binary(Operator.OVER, this, other);
    }

    @Override
    default Expr pow(Expr exponent) {
        return new Binary(Operator.POWER, this, exponent);
    }

    @Override
    default Expr negate() {
        return new Negation(this);
    }

    @Override
    default Expr apply(Elementary f) {
        return new Apply(f, this);
    }

    /** Returns what this formula is made of: no, one or two formulas. */
    default List<Expr> operands() {
        return switch (this) {
            case Constant _, Variable _ -> List.of();
            case Negation(Expr a) -> List.of(a);
            case Apply(Elementary _, Expr a) -> List.of(a);
            case Binary(Operator _, Expr a, Expr b) -> List.of(a, b);
        };
    }

    /** Returns the number of objects, this one included, each counted once. */
    default int size() {
        return Dag.operandsFirst(this).size();
    }

    /** Returns the names of the variables, sorted. */
    default SortedSet<String> variables() {
        return Dag.variables(this);
    }

    /** Returns the derivative by a variable, simplified; what it shares with this formula it shares with it. */
    default Expr differentiate(String variable) {
        return Derivative.of(this, variable);
    }

    /**
     * Returns a formula that means the same and is no longer: constants computed where that is exact, {@code 0 + x},
     * {@code 1 x}, {@code x - x} and the like replaced, equal terms and factors collected, equal parts made one object.
     *
     * <p>It has the same value wherever the original has one, but for rounding; it may have one where the original, such
     * as {@code x/x} at 0, has none.
     */
    default Expr simplify() {
        return new Simplifier().simplify(this);
    }

    /**
     * Returns the value with any kind of number.
     *
     * @param variables the value for each name; may throw for one it does not know
     * @param constants the number for a constant
     */
    default <T extends Arithmetic<T>> T evaluate(Function<String, T> variables, DoubleFunction<T> constants) {
        return Dag.evaluate(this, variables, constants);
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if a variable is given no value
     */
    default double evaluate(Map<String, Double> at) {
        return evaluate(name -> new Real(Dag.valueOf(name, at)), Real::new).value();
    }

    /**
     * Returns a program that computes the value fast, for values of the given variables in this order.
     *
     * @throws IllegalArgumentException if the formula has a variable that is not among them, or one is named twice
     */
    default Program compile(String... variables) {
        return Program.of(List.of(variables), this);
    }

    /** Returns the formula for LaTeX. */
    default String toLatex() {
        return LatexText.of(this);
    }
}
