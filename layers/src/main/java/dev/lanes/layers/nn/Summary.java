package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that {@link Sequential#summary} returns. */
final class Summary {
    private static final String GAP = "  ";
    /** The columns from here on are numbers and stand to the right. */
    private static final int FIRST_NUMBER = 3;

    private final List<String[]> rows = new ArrayList<>();

    /** How many values the outputs of all layers have. */
    private long values;

    private Summary() {}

    static String of(Sequential network, Shape input) {
        Summary summary = new Summary();
        summary.rows.add(new String[] {"layer", "settings", "output", "parameters", "FLOPs", "memory"});
        summary.rows.add(new String[] {"input", "", input.toString(), "", "", ""});
        summary.add("", network, input);
        long weights = count(network.parameters());
        summary.rows.add(
                new String[] {"total", "", "", number(weights), number(network.flops(input)), size(summary.values)});
        return summary.text() + "memory: weights " + size(weights) + ", values of a pass " + size(summary.values)
                + "\n";
    }

    /** Adds lines for all that is within a layer; a residual connection ends with a line for its sum. */
    private void add(String name, Layer layer, Shape input) {
        switch (layer) {
            case Sequential inner -> {
                Shape shape = input;
                for (Sequential.Child child : inner.children()) {
                    Shape next = Sequential.outputShape(child, shape);
                    add(name.isEmpty() ? child.name() : name + "." + child.name(), child.layer(), shape);
                    shape = next;
                }
            }
            case Residual residual -> {
                add(name + ".body", residual.body(), input);
                residual.shortcut().ifPresent(shortcut -> add(name + ".shortcut", shortcut, input));
                Shape output = residual.outputShape(input);
                line(name, "Add", output, 0, output.elements());
            }
            default ->
                line(name, layer.toString(), layer.outputShape(input), count(layer.parameters()), layer.flops(input));
        }
    }

    private void line(String name, String settings, Shape output, long parameters, long flops) {
        long kept = flops == 0 ? 0 : output.elements(); // what computes nothing is a window on its input
        values += kept;
        rows.add(new String[] {name, settings, output.toString(), number(parameters), number(flops), size(kept)});
    }

    private static long count(List<Parameter> parameters) {
        return parameters.stream().mapToLong(p -> p.value().elements()).sum();
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Returns the memory that so many values of float32 take. */
    private static String size(long elements) {
        double bytes = elements * (double) Float.BYTES;
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (bytes >= 1024 && unit < units.length - 1) {
            bytes /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
    }

    private String text() {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        String rule = "-".repeat(total) + "\n";
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - rows.get(r)[i].length());
                line.append(i == 0 ? "" : GAP)
                        .append(i >= FIRST_NUMBER ? padding : "")
                        .append(rows.get(r)[i])
                        .append(i >= FIRST_NUMBER ? "" : padding);
            }
            text.append(r == rows.size() - 1 ? rule : "")
                    .append(line.toString().stripTrailing())
                    .append('\n')
                    .append(r == 0 ? rule : "");
        }
        return text.toString();
    }
}
