package dev.lanes.cli.differentiate;

import dev.lanes.layers.differentiation.Dual;
import dev.lanes.layers.differentiation.FiniteDifferences;
import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.layers.differentiation.symbolic.Program;
import dev.lanes.layers.differentiation.symbolic.Trace;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The derivatives of a formula in four ways, beside one another.
 *
 * @param rows one for each variable
 * @param operations how many the formula takes
 * @param symbolicOperations how many the formulas of all derivatives take together
 */
record FourWays(List<Row> rows, int operations, int symbolicOperations) {
    /** The derivative by one variable. */
    record Row(String variable, double reverse, double forward, double symbolic, double differences) {
        double offBy() {
            return Math.max(
                    Math.abs(forward - reverse),
                    Math.max(Math.abs(symbolic - reverse), Math.abs(differences - reverse)));
        }
    }

    static FourWays of(Expr j, Map<String, Double> point, Trace trace) {
        String[] names = point.keySet().toArray(String[]::new);
        double[] x = point.values().stream().mapToDouble(v -> v).toArray();
        Program f = j.compile(names);
        Expr[] formulas = new Expr[names.length];
        for (int i = 0; i < names.length; i++) {
            formulas[i] = j.differentiate(names[i]);
        }
        Program derivatives = Program.of(List.of(names), formulas);
        double[] symbolic = derivatives.evaluateAll(x);
        double[] differences = FiniteDifferences.central().gradient(f::evaluate, x);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String variable = names[i];
            double forward = j.evaluate(name -> new Dual(point.get(name), name.equals(variable) ? 1 : 0), Dual::of)
                    .tangent();
            double reverse = trace.steps().get(i).derivative();
            rows.add(new Row(variable, reverse, forward, symbolic[i], differences[i]));
        }
        return new FourWays(rows, f.operations(), derivatives.operations());
    }

    void print(PrintWriter out) {
        out.println();
        if (rows.size() == 1) {
            printOne(rows.getFirst(), out);
        } else {
            printSeveral(out);
        }
    }

    private void printOne(Row row, PrintWriter out) {
        out.println("dJ/d" + row.variable + " in four ways:");
        Columns columns = new Columns();
        columns.row("", " value", "off by", "cost");
        String once = plural(operations, "operation");
        method(columns, "reverse mode", row.reverse, row, once + " and the way back, for all variables at once");
        method(columns, "forward mode", row.forward, row, once + " on dual numbers");
        method(columns, "symbolic", row.symbolic, row, plural(symbolicOperations, "operation"));
        method(columns, "finite differences", row.differences, row, "2 x " + once);
        columns.print("  ", out);
    }

    private static void method(Columns columns, String method, double value, Row row, String cost) {
        columns.row(method, Columns.number(value), small(Math.abs(value - row.reverse)), cost);
    }

    private void printSeveral(PrintWriter out) {
        out.println("All derivatives in four ways:");
        Columns columns = new Columns();
        columns.row("", " reverse mode", " forward mode", " symbolic", " finite differences", "off by");
        for (Row row : rows) {
            columns.row(
                    "dJ/d" + row.variable,
                    Columns.number(row.reverse),
                    Columns.number(row.forward),
                    Columns.number(row.symbolic),
                    Columns.number(row.differences),
                    small(row.offBy()));
        }
        int n = rows.size();
        columns.row(
                "operations",
                " " + operations + " and back",
                " " + n + " x " + operations + " dual",
                " " + symbolicOperations,
                " " + 2 * n + " x " + operations,
                "");
        columns.print("  ", out);
    }

    private static String small(double off) {
        return off == 0 ? "0" : String.format(Locale.ROOT, "%.1e", off);
    }

    private static String plural(int n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }
}
