package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas made ready to be computed many times: a list of instructions on an array of numbers, each writing the next
 * place. Equal parts, also of different formulas, are computed once; several formulas, such as a function and its
 * derivatives, are therefore best put into one program. What is evaluated often becomes a class, which the JVM compiles:
 * then a formula is as fast as if it were written in Java, but for the arrays; the values are the same.
 *
 * <p>Immutable, to be used by any number of threads.
 *
 * <pre>{@code
 * Expr f = Expr.parse("x*sin(y)");
 * Program p = Program.of(List.of("x", "y"), f, f.differentiate("x"), f.differentiate("y"));
 * p.evaluateAll(2, 0.5);       // the value and both derivatives
 * }</pre>
 */
public final class Program {
    static final Operator[] OPERATORS = Operator.values();
    static final Elementary[] FUNCTIONS = Elementary.values();
    static final int NEGATE = OPERATORS.length;
    private static final int FIRST_FUNCTION = NEGATE + 1;

    /** From here on the time to make a class is repaid. */
    private static final int MANY_EVALUATIONS = 2000;

    private final int variables;
    /** What stands in the places before the instructions: room for the variables, then the constants. */
    private final double[] start;
    /** For each instruction the code of the operation and the places of its one or two operands. */
    private final int[] code;

    private final int[] outputs;

    /** Threads may count less than all, and each may make the class: they are alike. */
    private int evaluations;

    private volatile Bytecode.Method compiled;

    private Program(int variables, double[] start, int[] code, int[] outputs) {
        this.variables = variables;
        this.start = start;
        this.code = code;
        this.outputs = outputs;
    }

    /**
     * Returns a program that computes some formulas for values of the given variables, in this order.
     *
     * @throws IllegalArgumentException if a formula has a variable that is not among them, or one is named twice
     */
    public static Program of(List<String> variables, Expr... formulas) {
        Map<String, Integer> inputs = new HashMap<>();
        for (String name : variables) {
            if (inputs.put(name, inputs.size()) != null) {
                throw new IllegalArgumentException("compile: variable " + name + " is named twice");
            }
        }
        Interner interner = new Interner();
        Expr[] roots = new Expr[formulas.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = interner.internAll(formulas[i]);
        }
        List<Expr> order = Dag.operandsFirst(roots);
        double[] constants = order.stream()
                .filter(Expr.Constant.class::isInstance)
                .mapToDouble(e -> ((Expr.Constant) e).value())
                .toArray();
        double[] start = new double[variables.size() + constants.length];
        System.arraycopy(constants, 0, start, variables.size(), constants.length);
        Map<Expr, Integer> places = new IdentityHashMap<>();
        int constant = variables.size();
        int[] code = new int[3 * order.size()];
        int length = 0;
        for (Expr e : order) {
            switch (e) {
                case Expr.Constant _ -> places.put(e, constant++);
                case Expr.Variable(String name) -> places.put(e, input(name, inputs, variables));
                default -> {
                    places.put(e, start.length + length / 3);
                    code[length] = codeOf(e);
                    code[length + 1] = places.get(e.operands().getFirst());
                    code[length + 2] = places.get(e.operands().getLast());
                    length += 3;
                }
            }
        }
        int[] outputs = new int[roots.length];
        for (int i = 0; i < roots.length; i++) {
            outputs[i] = places.get(roots[i]);
        }
        return new Program(variables.size(), start, Arrays.copyOf(code, length), outputs);
    }

    private static int input(String name, Map<String, Integer> inputs, List<String> variables) {
        Integer place = inputs.get(name);
        if (place == null) {
            throw new IllegalArgumentException(
                    "compile: the formula has a variable " + name + ", which is not among " + variables);
        }
        return place;
    }

    private static int codeOf(Expr e) {
        return switch (e) {
            case Expr.Binary(Operator op, Expr _, Expr _) -> op.ordinal();
            case Expr.Apply(Elementary f, Expr _) -> FIRST_FUNCTION + f.ordinal();
            default -> NEGATE;
        };
    }

    /** Returns the number of operations one evaluation takes. */
    public int operations() {
        return code.length / 3;
    }

    /**
     * Returns the value of the first formula.
     *
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    public double evaluate(double... at) {
        return evaluateAll(at)[0];
    }

    /**
     * Returns the values of all formulas.
     *
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    public double[] evaluateAll(double... at) {
        if (at.length != variables) {
            throw new IllegalArgumentException(
                    "evaluate: there are " + at.length + " values for " + variables + " variables");
        }
        double[] values = new double[outputs.length];
        Bytecode.Method method = compiled;
        if (method != null) {
            method.run(at, values);
        } else {
            interpret(at, values);
            if (++evaluations > MANY_EVALUATIONS && operations() <= Bytecode.MOST_OPERATIONS) {
                compiled = Bytecode.compile(variables, start, code, outputs);
            }
        }
        return values;
    }

    private void interpret(double[] at, double[] values) {
        double[] places = Arrays.copyOf(start, start.length + operations());
        System.arraycopy(at, 0, places, 0, variables);
        int next = start.length;
        for (int i = 0; i < code.length; i += 3) {
            double a = places[code[i + 1]];
            double b = places[code[i + 2]];
            int operation = code[i];
            places[next++] = operation < NEGATE
                    ? OPERATORS[operation].apply(a, b)
                    : operation == NEGATE ? -a : FUNCTIONS[operation - FIRST_FUNCTION].apply(a);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = places[outputs[i]];
        }
    }
}
