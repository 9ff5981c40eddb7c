package dev.lanes.cli.differentiate;

import dev.lanes.cli.MisuseException;
import dev.lanes.layers.differentiation.symbolic.Definitions;
import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.layers.differentiation.symbolic.ExpressionSyntaxException;
import dev.lanes.layers.differentiation.symbolic.Trace;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes differentiate}: the derivative of a formula at a point, in four ways, with every step. */
@Command(
        name = "differentiate",
        description = "Differentiates a formula at a point in four ways, and shows every step.")
public final class DifferentiateCommand implements Callable<Integer> {
    private static final int LONGEST_FORMULA = 400;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FORMULA",
            arity = "0..1",
            description =
                    "What to differentiate: numbers, variables, pi, + - * / ^, parentheses, sin, cos, tan, exp, log,"
                            + " sqrt, tanh, sigmoid and pow. For example \"cos(sin(x^2)+3*x^2)\"."
                            + " Parts may be named before: \"a = w*x + b; y = sigmoid(a); log(y)\"."
                            + " One that begins with - stands last, behind --.")
    private String formula;

    @Option(
            names = "--at",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Where: a value for each variable, as in --at x=0.5,y=2.")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "Instead of a formula, an example of the textbook: ${COMPLETION-CANDIDATES}.")
    private Example example;

    @Option(names = "--latex", description = "Write the derivatives for LaTeX, too.")
    private boolean latex;

    /** Made by picocli. */
    public DifferentiateCommand() {}

    @Override
    public Integer call() {
        if ((formula == null) == (example == null)) {
            throw new MisuseException("needs a FORMULA or an --example, one of the two");
        }
        if (example != null) {
            formula = example.formula();
            at = at.isEmpty() ? example.at() : at;
        }
        Definitions lines = parse();
        Expr j = lines.result();
        Map<String, Double> point = point(j);
        PrintWriter out = spec.commandLine().getOut();
        printFormulas(lines, j, out);
        Trace trace = Trace.of(lines, point);
        printForward(trace, out);
        if (!point.isEmpty()) {
            printBackward(trace, out);
            FourWays.of(j, point, trace).print(out);
        }
        if (example == Example.CNN) {
            out.println();
            CnnExample.run(out);
        }
        return 0;
    }

    private Definitions parse() {
        try {
            return Definitions.parse(formula);
        } catch (ExpressionSyntaxException e) {
            throw new MisuseException("\"" + abbreviated(formula) + "\": " + e.getMessage());
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private Map<String, Double> point(Expr j) {
        Map<String, Double> point = new TreeMap<>();
        for (String assignment : at) {
            String[] parts = assignment.split("=", 2);
            String name = parts[0].strip();
            if (parts.length < 2) {
                throw new MisuseException("--at " + assignment + ": needs a name and a value, as in --at x=0.5");
            }
            if (!j.variables().contains(name)) {
                throw new MisuseException("--at " + assignment + ": the formula has "
                        + (j.variables().isEmpty() ? "no variables" : "only " + String.join(", ", j.variables())));
            }
            if (point.put(name, value(assignment, parts[1])) != null) {
                throw new MisuseException("--at " + assignment + ": " + name + " is given twice");
            }
        }
        for (String name : j.variables()) {
            if (!point.containsKey(name)) {
                throw new MisuseException("no value for " + name + "; add --at " + name + "=VALUE");
            }
        }
        return point;
    }

    private static double value(String assignment, String text) {
        try {
            double value = Expr.parse(text).evaluate(Map.of());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // told below, as for what is not finite
        }
        throw new MisuseException("--at " + assignment + ": " + text + " is not a number");
    }

    private void printFormulas(Definitions lines, Expr j, PrintWriter out) {
        Columns columns = new Columns();
        lines.lines().forEach((name, line) -> columns.row(name, "= " + line));
        for (String variable : j.variables()) {
            Expr derivative = j.differentiate(variable);
            columns.row("dJ/d" + variable, "= " + shortened(derivative.toString()));
            if (latex) {
                columns.row("", "  " + derivative.toLatex());
            }
        }
        columns.print("", out);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_FORMULA
                ? text
                : "a formula of " + text.length() + " characters; its value is below";
    }

    private static void printForward(Trace trace, PrintWriter out) {
        out.println();
        out.println("Forwards, from the variables to J:");
        Columns columns = new Columns();
        for (Trace.Step step : trace.steps()) {
            String operation = step.operation().toString();
            columns.row(
                    step.name(),
                    operation.equals(step.name()) ? "" : "= " + operation,
                    "= " + Columns.number(step.value()));
        }
        columns.print("  ", out);
        if (Double.isNaN(trace.steps().getLast().value())) {
            out.println("J has no value there.");
        }
    }

    private static void printBackward(Trace trace, PrintWriter out) {
        out.println();
        out.println("Backwards, from J to the variables:");
        Columns columns = new Columns();
        for (Trace.Step step : trace.steps().reversed()) {
            String rule = step.rule().equals("1") ? "" : "= " + step.rule();
            columns.row("dJ/d" + step.name(), rule, "= " + Columns.number(step.derivative()));
        }
        columns.print("  ", out);
    }
}
