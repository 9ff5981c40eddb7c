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

    private Summary() {}

    static String of(Sequential network, Shape input) {
        Summary summary = new Summary();
        summary.rows.add(new String[] {"layer", "settings", "output", "parameters", "FLOPs"});
        summary.rows.add(new String[] {"input", "", input.toString(), "", ""});
        summary.add("", network, input);
        summary.rows.add(
                new String[] {"total", "", "", number(count(network.parameters())), number(network.flops(input))});
        return summary.text();
    }

    private void add(String path, Sequential network, Shape input) {
        Shape shape = input;
        for (Sequential.Child child : network.children()) {
            String name = path + child.name();
            Shape next = Sequential.outputShape(child, shape);
            if (child.layer() instanceof Sequential inner) {
                add(name + ".", inner, shape);
            } else {
                rows.add(new String[] {
                    name,
                    child.layer().toString(),
                    next.toString(),
                    number(count(child.layer().parameters())),
                    number(child.layer().flops(shape))
                });
            }
            shape = next;
        }
    }

    private static long count(List<Parameter> parameters) {
        return parameters.stream().mapToLong(p -> p.value().elements()).sum();
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
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
