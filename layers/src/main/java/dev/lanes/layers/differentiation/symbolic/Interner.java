package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Makes equal formulas one object, so that they are equal just when they are identical. For one computation. */
final class Interner {
    /** What an object is, its operands told by their numbers. */
    private record Key(Object kind, int left, int right) {}

    private final Map<Key, Expr> known = new HashMap<>();
    private final Map<Expr, Integer> numbers = new IdentityHashMap<>();

    /** Returns the one object for an expression whose operands came from here. */
    Expr intern(Expr e) {
        if (numbers.containsKey(e)) {
            return e;
        }
        Key key = switch (e) {
            case Expr.Constant _, Expr.Variable _ -> new Key(e, 0, 0);
            case Expr.Negation(Expr a) -> new Key("negation", numbers.get(a), 0);
            case Expr.Apply(Elementary f, Expr a) -> new Key(f, numbers.get(a), 0);
            case Expr.Binary(Operator op, Expr a, Expr b) -> new Key(op, numbers.get(a), numbers.get(b));
        };
        Expr first = known.putIfAbsent(key, e);
        if (first != null) {
            return first;
        }
        numbers.put(e, numbers.size());
        return e;
    }

    /** Returns the one object for any expression. */
    Expr internAll(Expr root) {
        Map<Expr, Expr> interned = new IdentityHashMap<>();
        for (Expr e : Dag.operandsFirst(root)) {
            interned.put(
                    e,
                    intern(
                            switch (e) {
                                case Expr.Constant _, Expr.Variable _ -> e;
                                case Expr.Negation(Expr a) -> new Expr.Negation(interned.get(a));
                                case Expr.Apply(Elementary f, Expr a) -> new Expr.Apply(f, interned.get(a));
                                case Expr.Binary(Operator op, Expr a, Expr b) ->
                                    new Expr.Binary(op, interned.get(a), interned.get(b));
                            }));
        }
        return interned.get(root);
    }
}
