package dev.lanes.cli.differentiate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text, printed with the columns under one another. */
final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(cells);
    }

    /** Returns a number with ten digits, and room for a sign. */
    static String number(double value) {
        double size = Math.abs(value);
        boolean plain = value == 0 || size >= 1e-4 && size < 1e7;
        return String.format(Locale.ROOT, plain ? "% .10f" : "% .9e", value == 0 ? 0.0 : value);
    }

    void print(String indent, PrintWriter out) {
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int c = 0; c < row.length; c++) {
                int width = width(c);
                line.append(row[c]).append(" ".repeat(width - row[c].length()));
                line.append(width == 0 ? "" : c == 0 || row[c].startsWith("=") || row[c].isEmpty() ? " " : "   ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.length)
                .mapToInt(row -> row[column].length())
                .max()
                .orElse(0);
    }
}
