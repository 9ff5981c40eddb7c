package dev.lanes.layers.differentiation.symbolic;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A formula in lines, as one writes it on paper: parts get names, which the lines behind may use; the last line is the
 * result, {@code J}. Immutable.
 *
 * <pre>{@code
 * Definitions d = Definitions.parse("a = w*x + b; y = sigmoid(a); J = s*log(y) + (1 - s)*log(1 - y)");
 * d.result();                              // the formula of s, w, x and b
 * Trace.of(d, Map.of("w", 0.3, ...));      // with a and y under their names
 * }</pre>
 *
 * @param lines what each name stands for, in terms of variables and of the names before; the last is {@code J}
 */
public record Definitions(SequencedMap<String, Expr> lines) {
    /** What the result is called. */
    public static final String RESULT = "J";

    /**
     * Copies the lines.
     *
     * @throws IllegalArgumentException if the last is not {@code J}, or a name is used before its line
     */
    public Definitions {
        lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
        if (lines.isEmpty() || !lines.lastEntry().getKey().equals(RESULT)) {
            throw new IllegalArgumentException("definitions: the last line must be the result, " + RESULT);
        }
        for (String name : lines.keySet()) {
            for (Map.Entry<String, Expr> line : lines.entrySet()) {
                if (line.getValue().variables().contains(name)) {
                    throw new IllegalArgumentException(
                            "definitions: " + line.getKey() + " uses " + name + ", which is not defined before it");
                }
                if (line.getKey().equals(name)) {
                    break;
                }
            }
        }
    }

    /**
     * Returns the definitions that a text describes: lines {@code name = formula} with {@code ;} between them, each formula
     * as {@link Expr#parse} reads it. The last may be a formula alone, so any formula is such a text.
     *
     * @throws ExpressionSyntaxException if it describes none; it names the position
     */
    public static Definitions parse(String text) {
        return new Definitions(new Parser(text).definitions());
    }

    /** Returns the result as one formula; a part that is used several times is one object. */
    public Expr result() {
        return expanded().lastEntry().getValue();
    }

    /** Returns what each name stands for in terms of variables alone. */
    SequencedMap<String, Expr> expanded() {
        SequencedMap<String, Expr> expanded = new LinkedHashMap<>();
        Map<String, Expr> variables = new HashMap<>();
        lines.forEach((name, line) -> expanded.put(
                name,
                line.evaluate(
                        used -> expanded.containsKey(used)
                                ? expanded.get(used)
                                : variables.computeIfAbsent(used, Expr::variable),
                        Expr::of)));
        return expanded;
    }
}
