package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Arithmetic;
import dev.lanes.layers.differentiation.Elementary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Walks through formulas as graphs, meeting each object once. */
final class Dag {
    private Dag() {}

    /** Returns all objects of some formulas, each behind its operands; without recursion. */
    static List<Expr> operandsFirst(Expr... roots) {
        List<Expr> order = new ArrayList<>();
        Set<Expr> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Expr> left = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Expr> path = new ArrayDeque<>();
        for (int r = roots.length - 1; r >= 0; r--) {
            path.push(roots[r]);
        }
        while (!path.isEmpty()) {
            Expr e = path.peek();
            if (entered.add(e)) {
                e.operands().reversed().forEach(path::push);
            } else {
                path.pop();
                if (left.add(e)) {
                    order.add(e);
                }
            }
        }
        return order;
    }

    static SortedSet<String> variables(Expr root) {
        SortedSet<String> names = new TreeSet<>();
        for (Expr e : operandsFirst(root)) {
            if (e instanceof Expr.Variable(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    static <T extends Arithmetic<T>> T evaluate(Expr root, Function<String, T> variables, DoubleFunction<T> constants) {
        Map<Expr, T> values = new IdentityHashMap<>();
        for (Expr e : operandsFirst(root)) {
            values.put(
                    e,
                    switch (e) {
                        case Expr.Constant(double value) -> constants.apply(value);
                        case Expr.Variable(String name) -> variables.apply(name);
                        case Expr.Negation(Expr a) -> values.get(a).negate();
                        case Expr.Apply(Elementary f, Expr a) -> values.get(a).apply(f);
                        case Expr.Binary(Operator op, Expr a, Expr b) -> binary(op, values.get(a), values.get(b));
                    });
        }
        return values.get(root);
    }

    private static <T extends Arithmetic<T>> T binary(Operator op, T a, T b) {
        return switch (op) {
            case PLUS -> a.plus(b);
            case MINUS -> a.minus(b);
            case TIMES -> a.times(b);
            case OVER -> a.over(b);
            case POWER -> a.pow(b);
        };
    }

    static double valueOf(String name, Map<String, Double> at) {
        Double value = at.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for " + name + "; there are values for "
                    + (at.isEmpty() ? "none" : String.join(", ", new TreeSet<>(at.keySet()))));
        }
        return value;
    }

    /** Compares formulas in time proportional to their objects, where comparing record by record would be exponential. */
    static boolean equal(Expr a, Object b) {
        if (a == b) {
            return true;
        }
        if (!(b instanceof Expr other)) {
            return false;
        }
        Interner interner = new Interner();
        return interner.internAll(a) == interner.internAll(other);
    }

    static int hash(Expr root) {
        Map<Expr, Integer> hashes = new IdentityHashMap<>();
        for (Expr e : operandsFirst(root)) {
            int hash = switch (e) {
                case Expr.Constant _, Expr.Variable _ -> e.hashCode();
                case Expr.Negation _ -> 1;
                case Expr.Apply(Elementary f, Expr _) -> f.toString().hashCode();
                case Expr.Binary(Operator op, Expr _, Expr _) -> op.toString().hashCode();
            };
            for (Expr operand : e.operands()) {
                hash = 31 * hash + hashes.get(operand);
            }
            hashes.put(e, hash);
        }
        return hashes.get(root);
    }
}
