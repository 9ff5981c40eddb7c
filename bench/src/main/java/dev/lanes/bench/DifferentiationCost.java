package dev.lanes.bench;

import dev.lanes.layers.differentiation.Arithmetic;
import dev.lanes.layers.differentiation.Dual;
import dev.lanes.layers.differentiation.FiniteDifferences;
import dev.lanes.layers.differentiation.MultiDual;
import dev.lanes.layers.differentiation.Real;
import dev.lanes.layers.differentiation.Scalar;
import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.layers.differentiation.symbolic.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Measures what a Jacobian costs, in evaluations of the function, by each way of differentiation; draws it as an SVG.
 *
 * <p>The function is {@code y_o = sum over i of sin(x_i x_{i+1} + o)}; first one output and more and more inputs, then one
 * input and more and more outputs. Times are the best of many, and only their ratios are told.
 */
public final class DifferentiationCost {
    private static final int[] SIZES = {1, 2, 4, 8, 16, 32, 64};
    private static final String[] COLOURS = {"#c0392b", "#2980b9", "#16a085", "#8e44ad", "#d68910"};

    /** Keeps results alive, so that computing them is not left out. */
    private static volatile double sink;

    private DifferentiationCost() {}

    /**
     * Prints two tables and writes the plot.
     *
     * @param args the file for the plot
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Map<String, double[]> byInputs = measure(true);
        Map<String, double[]> byOutputs = measure(false);
        print("inputs, one output", byInputs);
        print("outputs, one input", byOutputs);
        Files.writeString(
                Path.of(args[0]),
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"360\" font-family=\"sans-serif\""
                        + " font-size=\"12\">\n<rect width=\"900\" height=\"360\" fill=\"white\"/>\n"
                        + panel("number of inputs, one output", byInputs, 60)
                        + panel("number of outputs, one input", byOutputs, 510) + "</svg>\n");
    }

    private static Map<String, double[]> measure(boolean inputs) {
        Map<String, double[]> costs = new LinkedHashMap<>();
        for (int s = 0; s < SIZES.length; s++) {
            int n = inputs ? SIZES[s] : 1;
            int m = inputs ? 1 : SIZES[s];
            double[] x = IntStream.range(0, n).mapToDouble(i -> 0.3 + 0.01 * i).toArray();
            double one = time(() -> sum(real(x, m)));
            List<String> names = IntStream.range(0, n).mapToObj(i -> "x" + i).toList();
            List<Expr> formulas = f(names.stream().map(Expr::variable).toList(), m);
            Program program = Program.of(
                    names,
                    formulas.stream()
                            .flatMap(e -> names.stream().map(e::differentiate))
                            .toArray(Expr[]::new));
            Map<String, DoubleSupplier> ways = new LinkedHashMap<>();
            ways.put("finite differences", () -> FiniteDifferences.central().jacobian(t -> real(t, m), x)[0][0]);
            ways.put("forward, Dual", () -> dual(x, m));
            ways.put(
                    "forward, MultiDual",
                    () -> MultiDual.jacobian(t -> f(List.of(t), m).toArray(MultiDual[]::new), x)[0][0]);
            ways.put("reverse, Scalar", () -> reverse(x, m));
            ways.put("symbolic, compiled", () -> sum(program.evaluateAll(x)));
            int at = s;
            ways.forEach(
                    (name, way) -> costs.computeIfAbsent(name, _ -> new double[SIZES.length])[at] = time(way) / one);
        }
        return costs;
    }

    private static <T extends Arithmetic<T>> List<T> f(List<T> x, int outputs) {
        List<T> y = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            T sum = x.getFirst().constant(0);
            for (int i = 0; i < x.size(); i++) {
                sum = sum.plus(x.get(i).times(x.get((i + 1) % x.size())).plus(o).sin());
            }
            y.add(sum);
        }
        return y;
    }

    private static double[] real(double[] x, int outputs) {
        List<Real> in = new ArrayList<>();
        for (double value : x) {
            in.add(new Real(value));
        }
        return f(in, outputs).stream().mapToDouble(Real::value).toArray();
    }

    private static double dual(double[] x, int outputs) {
        double sum = 0;
        for (int direction = 0; direction < x.length; direction++) {
            List<Dual> in = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                in.add(new Dual(x[i], i == direction ? 1 : 0));
            }
            sum += f(in, outputs).getFirst().tangent();
        }
        return sum;
    }

    private static double reverse(double[] x, int outputs) {
        List<Scalar> in = new ArrayList<>();
        for (double value : x) {
            in.add(Scalar.of(value));
        }
        double sum = 0;
        for (Scalar y : f(in, outputs)) {
            sum += y.gradients().of(in.getFirst());
        }
        return sum;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Returns the nanoseconds of one call: the best of 15 rounds of about 10 ms. */
    private static double time(DoubleSupplier work) {
        int calls = 1;
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 15; round++) {
            long start = System.nanoTime();
            double sum = 0;
            for (int i = 0; i < calls; i++) {
                sum += work.getAsDouble();
            }
            double nanos = System.nanoTime() - start;
            sink = sum;
            if (nanos < 10_000_000) {
                calls *= 2;
                round = calls < 1 << 20 ? -1 : round;
            }
            best = Math.min(best, nanos / calls);
        }
        return best;
    }

    private static void print(String what, Map<String, double[]> costs) {
        System.out.printf("| %s |", what);
        for (int size : SIZES) {
            System.out.printf(" %d |", size);
        }
        System.out.printf("%n|---|%s%n", "---:|".repeat(SIZES.length));
        costs.forEach((name, values) -> {
            System.out.printf("| %s |", name);
            for (double value : values) {
                System.out.printf(Locale.ROOT, value < 10 ? " %.1f |" : " %.0f |", value);
            }
            System.out.println();
        });
    }

    /** Draws the costs over the sizes, both axes logarithmic. */
    private static String panel(String title, Map<String, double[]> costs, int left) {
        StringBuilder svg = new StringBuilder();
        svg.append(text(left, 20, "cost in evaluations, by " + title, "#222"));
        for (int decade = -1; decade <= 2; decade++) {
            int y = y(Math.pow(10, decade));
            svg.append("<path stroke=\"#ddd\" d=\"M%d %dh270\"/>\n".formatted(left, y));
            svg.append(text(left - 36, y + 4, decade < 0 ? "0.1" : "1" + "0".repeat(decade), "#222"));
        }
        for (int s = 0; s < SIZES.length; s++) {
            svg.append(text(left + 45 * s - 5, 345, Integer.toString(SIZES[s]), "#222"));
        }
        int row = 0;
        for (Map.Entry<String, double[]> way : costs.entrySet()) {
            StringBuilder points = new StringBuilder();
            for (int s = 0; s < SIZES.length; s++) {
                points.append(left + 45 * s)
                        .append(',')
                        .append(y(way.getValue()[s]))
                        .append(' ');
            }
            String colour = COLOURS[row];
            svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"%s\"/>\n"
                    .formatted(colour, points.toString().strip()));
            svg.append(text(left + 10, 36 + 13 * row++, way.getKey(), colour));
        }
        return svg.toString();
    }

    private static int y(double cost) {
        return (int) Math.round(320 - 75 * Math.log10(10 * Math.max(cost, 0.1)));
    }

    private static String text(int x, int y, String text, String colour) {
        return "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n".formatted(x, y, colour, text);
    }
}
