package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A formula computed step by step, forwards and back, as one would on paper: each intermediate value has a name, the
 * operation that made it, and the rule by which the derivative of the result reaches it.
 *
 * <p>The result is {@code J}, what it is a function of {@code u}, and the operands of that {@code u1}, {@code u2}; what is
 * used several times is {@code t}; parts that {@link Definitions} name keep their names. Where such names would be long or
 * taken, steps are numbered. Immutable.
 *
 * <pre>{@code
 * Trace trace = Trace.of(Expr.parse("cos(sin(x^2) + 3*x^2)"), Map.of("x", 0.5));
 * for (Trace.Step step : trace.steps()) {
 *     System.out.println(step.name() + " = " + step.operation() + " = " + step.value());
 * }
 * }</pre>
 *
 * @param steps the variables, then the operations, each behind what it uses; the last is {@code J}
 */
public record Trace(List<Step> steps) {
    private static final int LONGEST_NAME = 4;

    /**
     * One value on the way.
     *
     * @param name what it is called
     * @param operation how it is computed from the steps before; a variable is itself
     * @param value its value
     * @param rule how the derivative of J by it follows from those by the steps behind, such as {@code dJ/du*cos(t)}
     * @param derivative the derivative of J by it
     */
    public record Step(String name, Expr operation, double value, String rule, double derivative) {}

    /** Copies the list. */
    public Trace {
        steps = List.copyOf(steps);
    }

    /**
     * Computes a formula step by step.
     *
     * @throws IllegalArgumentException if a variable is given no value, or is called {@code J}
     */
    public static Trace of(Expr formula, Map<String, Double> at) {
        if (formula.variables().contains(Definitions.RESULT)) {
            throw new IllegalArgumentException("trace: the result is called J, so no variable can be; rename it");
        }
        return of(new Definitions(new LinkedHashMap<>(Map.of(Definitions.RESULT, formula))), at);
    }

    /**
     * Computes a formula step by step, with the names that its parts were given.
     *
     * @throws IllegalArgumentException if a variable is given no value
     */
    public static Trace of(Definitions definitions, Map<String, Double> at) {
        Interner interner = new Interner();
        Map<Expr, String> given = new IdentityHashMap<>();
        SequencedMap<String, Expr> parts = definitions.expanded();
        Expr root = interner.internAll(parts.lastEntry().getValue());
        parts.forEach((name, part) -> {
            Expr e = interner.internAll(part);
            if (e != root && !e.operands().isEmpty()) {
                given.putIfAbsent(e, name);
            }
        });
        SequencedMap<String, Expr> operations = operations(root, given);
        Map<String, Scalar> values = new HashMap<>();
        operations.forEach((name, operation) -> {
            boolean isVariable = operation.equals(Expr.variable(name));
            values.put(
                    name, isVariable ? Scalar.of(Dag.valueOf(name, at)) : operation.evaluate(values::get, Scalar::of));
        });
        Scalar.Gradients gradients = values.get("J").gradients();
        List<Step> steps = new ArrayList<>();
        operations.forEach((name, operation) -> steps.add(new Step(
                name, operation, values.get(name).value(), rule(name, operations), gradients.of(values.get(name)))));
        return new Trace(steps);
    }

    /** Returns for each name the operation on the names before. */
    private static SequencedMap<String, Expr> operations(Expr root, Map<Expr, String> given) {
        Map<Expr, String> names = Names.of(root, given);
        SequencedMap<String, Expr> operations = new LinkedHashMap<>();
        for (String variable : root.variables()) {
            operations.put(variable, Expr.variable(variable));
        }
        for (Expr e : Dag.operandsFirst(root)) {
            if (!e.operands().isEmpty()) {
                operations.put(names.get(e), inNames(e, names));
            }
        }
        if (root.operands().isEmpty()) {
            operations.put("J", root);
        }
        return operations;
    }

    private static Expr inNames(Expr e, Map<Expr, String> names) {
        return switch (e) {
            case Expr.Constant _, Expr.Variable _ -> e;
            case Expr.Negation(Expr a) -> named(a, names).negate();
            case Expr.Apply(var f, Expr a) -> named(a, names).apply(f);
            case Expr.Binary(Operator op, Expr a, Expr b) -> new Expr.Binary(op, named(a, names), named(b, names));
        };
    }

    private static Expr named(Expr operand, Map<Expr, String> names) {
        return operand.operands().isEmpty() ? operand : Expr.variable(names.get(operand));
    }

    private static String rule(String name, Map<String, Expr> operations) {
        if (name.equals("J")) {
            return "1";
        }
        return operations.entrySet().stream()
                .filter(user -> !user.getKey().equals(name)
                        && user.getValue().variables().contains(name))
                .map(user -> term(user.getKey(), user.getValue().differentiate(name)))
                .collect(Collectors.joining(" + "))
                .replace("+ -", "- ");
    }

    private static String term(String user, Expr slope) {
        String text = slope.toString();
        if (text.equals("1") || text.equals("-1")) {
            return text.replace("1", "dJ/d" + user);
        }
        return "dJ/d" + user + "*" + (Writing.binding(slope) < Writing.PRODUCT ? "(" + text + ")" : text);
    }

    /** Chooses the names of the operations in a formula. */
    private static final class Names {
        private Names() {}

        static Map<Expr, String> of(Expr root, Map<Expr, String> given) {
            List<Expr> order = Dag.operandsFirst(root);
            Map<Expr, Integer> uses = new IdentityHashMap<>();
            order.forEach(e -> e.operands().forEach(o -> uses.merge(o, 1, Integer::sum)));
            Map<Expr, String> names = new IdentityHashMap<>(given);
            List<Expr> shared = order.stream()
                    .filter(e -> !e.operands().isEmpty() && uses.getOrDefault(e, 0) > 1 && !given.containsKey(e))
                    .toList();
            for (Expr e : shared) {
                names.put(e, shared.size() == 1 ? "t" : "t" + (shared.indexOf(e) + 1));
            }
            names.put(root, "J");
            for (Expr e : order.reversed()) {
                if (!e.operands().isEmpty()) {
                    nameOperands(e, names);
                }
            }
            Set<String> distinct = new HashSet<>(names.values());
            distinct.addAll(root.variables());
            boolean unfit = distinct.size() < names.size() + root.variables().size()
                    || names.keySet().stream()
                            .anyMatch(e -> !given.containsKey(e) && names.get(e).length() > LONGEST_NAME);
            return unfit ? numbered(root, order, given) : names;
        }

        private static void nameOperands(Expr e, Map<Expr, String> names) {
            List<Expr> unnamed = e.operands().stream()
                    .filter(o -> !o.operands().isEmpty() && !names.containsKey(o))
                    .toList();
            String owner = names.get(e).equals("J") ? "u" : names.get(e);
            boolean alone =
                    unnamed.size() == 1 && owner.equals("u") && names.get(e).equals("J");
            for (int i = 0; i < unnamed.size(); i++) {
                names.put(unnamed.get(i), alone ? owner : owner + (i + 1));
            }
        }

        private static Map<Expr, String> numbered(Expr root, List<Expr> order, Map<Expr, String> given) {
            Set<String> taken = new HashSet<>(given.values());
            taken.addAll(root.variables());
            String letter = "v";
            while (isTaken(letter, taken)) {
                letter += "v";
            }
            Map<Expr, String> names = new IdentityHashMap<>(given);
            int number = 0;
            for (Expr e : order) {
                if (!e.operands().isEmpty() && !given.containsKey(e)) {
                    names.put(e, letter + ++number);
                }
            }
            names.put(root, "J");
            return names;
        }

        private static boolean isTaken(String letter, Set<String> taken) {
            return taken.stream().anyMatch(name -> name.matches(letter + "\\d*"));
        }
    }
}
