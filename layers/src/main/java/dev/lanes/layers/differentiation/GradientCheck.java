package dev.lanes.layers.differentiation;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Compares three derivatives of a function of tensors, or of a whole network with its loss, entry by entry: reverse mode
 * (vjp), forward mode (jvp) and central differences.
 *
 * <p>A function of several outputs is multiplied with random numbers and summed; of large inputs, random entries are
 * checked. Differences are computed with the reference kernels, whose sums are in double, and steps of {@code 2^-7 max(|x|,
 * 1)}, or where the function bends over that, of a quarter or a sixteenth of it.
 *
 * <p><b>What is allowed.</b> Between vjp and jvp, as many roundings of 2^-24 as there are operations, and the square root
 * of the longest sum, which is what roundings in random directions add up to. To the differences, four roundings for each
 * operation, divided by the step; besides, as much as the difference changes when the step is doubled, and as the
 * derivative bends over the step, which is where kinks within the step show.
 *
 * <p>For one thread; the parameters of a network are moved by the step during the check and put back.
 *
 * <pre>{@code
 * GradientCheck check = new GradientCheck(engine, 42);
 * check.function((tape, in) -> tape.apply(new SquareOp(), in[0]), List.of(x)).orThrow();
 * check.network(net, x, (y, pass) -> SoftmaxCrossEntropy.of(y, labels, pass)).orThrow();
 * }</pre>
 */
public final class GradientCheck {
    private static final double ROUNDING = 0x1p-24;
    private static final int ENTRIES = 24;

    /** How many steps are tried, each a quarter of the one before. */
    private static final int STEPS = 3;

    /** Something to differentiate: ops applied to leaves. */
    @FunctionalInterface
    public interface Function {
        /** Applies the ops and returns the output. */
        Variable apply(Tape tape, Variable[] inputs);
    }

    /** A loss: from the output of a network to one value. */
    @FunctionalInterface
    public interface Loss {
        /** Returns the loss. */
        Variable of(Variable output, Pass pass);
    }

    /**
     * One derivative, three times.
     *
     * @param input what it is the derivative by: {@code input 0}, or the name of a parameter
     * @param index the index of the element in that tensor
     * @param vjp by reverse mode
     * @param jvp by forward mode
     * @param difference by central differences
     * @param allowed by how much the first two may differ
     * @param allowedDifference by how much the third may differ from them
     */
    public record Entry(
            String input,
            List<Integer> index,
            double vjp,
            double jvp,
            double difference,
            double allowed,
            double allowedDifference) {
        /** Returns the largest disagreement in units of what is allowed; NaN counts as infinite. */
        public double badness() {
            double exact = Math.abs(vjp - jvp) / allowed;
            double rough = Math.max(Math.abs(vjp - difference), Math.abs(jvp - difference)) / allowedDifference;
            double badness = Math.max(exact, rough);
            return Double.isNaN(badness) ? Double.POSITIVE_INFINITY : badness;
        }

        /** Returns the place and the three values in one line. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s%s: vjp %.7g, jvp %.7g (may differ by %.1e), difference %.7g (by %.1e)",
                    input,
                    index,
                    vjp,
                    jvp,
                    allowed,
                    difference,
                    allowedDifference);
        }
    }

    /**
     * What a check found.
     *
     * @param worst the entry that disagrees most, in units of what is allowed
     * @param entries all that were checked, in the order of the inputs
     * @param telling how many of these are more than ten times as large as what is allowed, so that a wrong sign or a
     *     factor would have shown
     * @param seed from which random choices followed
     */
    public record Report(Entry worst, List<Entry> entries, int telling, long seed) {
        /** Copies the list. */
        public Report {
            entries = List.copyOf(entries);
        }

        /** Returns how many entries were checked. */
        public int checked() {
            return entries.size();
        }

        /** Tells whether all entries agree. */
        public boolean agrees() {
            return worst.badness() <= 1;
        }

        /**
         * Returns this report if all entries agree.
         *
         * @throws GradientMismatchException if not; its message has the worst entry
         */
        public Report orThrow() {
            if (!agrees()) {
                throw new GradientMismatchException(
                        "gradients disagree, worst at " + worst + "; " + checked() + " entries checked, seed " + seed);
            }
            return this;
        }
    }

    /** What is checked, with the tensors that are moved. */
    private interface Subject {
        Variable[] leaves(Tape tape);

        Variable output(Tape tape, Variable[] leaves);
    }

    /** One tensor that derivatives are taken by. */
    private record Input(String name, Tensor value) {}

    private final Engine engine;
    private final long seed;
    private final int entries;

    /** Makes a check of up to 24 entries for each input, random choices following from a seed. */
    public GradientCheck(Engine engine, long seed) {
        this(engine, seed, ENTRIES);
    }

    /**
     * Makes a check of up to so many entries for each input.
     *
     * @throws IllegalArgumentException if that is not at least one
     */
    public GradientCheck(Engine engine, long seed, int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("gradient check: " + entries + " entries, needs at least 1");
        }
        this.engine = engine;
        this.seed = seed;
        this.entries = entries;
    }

    /**
     * Checks a function at some inputs, which are not changed.
     *
     * @throws IllegalArgumentException if there is no input with elements
     */
    public Report function(Function function, List<Tensor> at) {
        List<Input> inputs = new ArrayList<>();
        for (Tensor t : at) {
            inputs.add(new Input("input " + inputs.size(), t.copy()));
        }
        return check(inputs, new Subject() {
            @Override
            public Variable[] leaves(Tape tape) {
                return inputs.stream().map(input -> tape.leaf(input.value)).toArray(Variable[]::new);
            }

            @Override
            public Variable output(Tape tape, Variable[] leaves) {
                return function.apply(tape, leaves);
            }
        });
    }

    /** Checks the loss of a network, used and not trained, by its input and by all parameters. */
    public Report network(Layer network, Tensor x, Loss loss) {
        List<Input> inputs = new ArrayList<>(List.of(new Input("input", x.copy())));
        network.parameters().forEach(p -> inputs.add(new Input(p.name(), p.value())));
        return check(inputs, new Subject() {
            @Override
            public Variable[] leaves(Tape tape) {
                List<Variable> leaves = new ArrayList<>(List.of(tape.leaf(inputs.getFirst().value)));
                for (Parameter p : network.parameters()) {
                    leaves.add(tape.leaf(p));
                }
                return leaves.toArray(Variable[]::new);
            }

            @Override
            public Variable output(Tape tape, Variable[] leaves) {
                Pass pass = Pass.evaluation(tape);
                return loss.of(network.forward(leaves[0], pass), pass);
            }
        });
    }

    private Report check(List<Input> inputs, Subject subject) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Engine reference = Engine.builder().backend("reference").threads(1).build()) {
            Tape tape = Tape.recording(engine);
            Variable[] leaves = subject.leaves(tape);
            Variable y = subject.output(tape, leaves);
            Tensor u = y.value().elements() == 1
                    ? Tensor.zeros(y.shape()).fill(1f)
                    : Tensor.generate(y.shape(), i -> random.nextDouble(-1, 1));
            Gradients gradients = tape.backward(y, u);
            Entry worst = null;
            List<Entry> found = new ArrayList<>();
            int telling = 0;
            for (int i = 0; i < leaves.length; i++) {
                Tensor gradient = gradients.of(leaves[i]).copy();
                Probe probe = new Probe(subject, inputs.get(i), i, u, reference);
                for (int k : choose(gradient.elements(), random)) {
                    Entry entry = probe.entry(tape, leaves[i], y, gradient, k);
                    found.add(entry);
                    telling += Math.abs(entry.difference) > 10 * entry.allowedDifference ? 1 : 0;
                    worst = worst == null || entry.badness() > worst.badness() ? entry : worst;
                }
            }
            if (worst == null) {
                throw new IllegalArgumentException("gradient check: there is no input with elements");
            }
            return new Report(worst, found, telling, seed);
        }
    }

    private int[] choose(int elements, SplittableRandom random) {
        return elements <= entries
                ? IntStream.range(0, elements).toArray()
                : random.ints(0, elements).distinct().limit(entries).toArray();
    }

    /** Computes derivatives by the entries of one input. */
    private final class Probe {
        private final Subject subject;
        private final Input input;
        private final int which;
        private final Tensor u;
        private final Engine reference;

        Probe(Subject subject, Input input, int which, Tensor u, Engine reference) {
            this.subject = subject;
            this.input = input;
            this.which = which;
            this.u = u;
            this.reference = reference;
        }

        /** Takes a smaller step where the function bends over the larger more than rounding is magnified. */
        Entry entry(Tape tape, Variable leaf, Variable y, Tensor gradient, int k) {
            float x = input.value.array()[input.value.offset() + k];
            float h = Math.scalb(0x1p-7f, Math.getExponent(Math.max(Math.abs(x), 1f)));
            Tensor jv = tape.forward(Map.of(leaf, unit(k))).of(y);
            double jvp = dot(u, jv, false);
            double size = largest(gradient);
            double roundings = 2 * tape.size() + 4 * Math.sqrt(longestSum(tape, gradient, y));
            double allowed = roundings * ROUNDING * (dot(u, jv, true) + size) + Float.MIN_NORMAL;
            double noise = 4 * tape.size() * ROUNDING * (dot(u, y.value(), true) + size);
            double difference = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int attempt = 0; attempt < STEPS; attempt++, h /= 4) {
                double near = difference(k, x, h);
                double far = difference(k, x, 2 * h);
                double bend = jvpAt(k, x + h, x) - 2 * jvp + jvpAt(k, x - h, x);
                double left = 2 * Math.abs(near - far) + Math.abs(bend);
                if (attempt == 0 || noise / h + left < least) {
                    least = noise / h + left;
                    difference = near;
                }
                if (left <= noise / h) {
                    break;
                }
            }
            return new Entry(
                    input.name,
                    index(gradient.shape(), k),
                    gradient.array()[gradient.offset() + k],
                    jvp,
                    difference,
                    allowed,
                    allowed + least);
        }

        private double longestSum(Tape tape, Tensor gradient, Variable y) {
            return Math.max(Math.max(gradient.elements(), y.value().elements()), tape.size());
        }

        /** Returns the difference quotient of {@code <u, f>}. */
        private double difference(int k, float x, float h) {
            float above = x + h;
            float below = x - h;
            return (valueAt(k, above, x) - valueAt(k, below, x)) / ((double) above - below);
        }

        private double valueAt(int k, float moved, float x) {
            Tape none = Tape.none(reference);
            input.value.array()[input.value.offset() + k] = moved;
            try {
                return dot(u, subject.output(none, subject.leaves(none)).value(), false);
            } finally {
                input.value.array()[input.value.offset() + k] = x;
            }
        }

        private double jvpAt(int k, float moved, float x) {
            Tape there = Tape.recording(engine);
            input.value.array()[input.value.offset() + k] = moved;
            try {
                Variable[] leaves = subject.leaves(there);
                Variable y = subject.output(there, leaves);
                return dot(u, there.forward(Map.of(leaves[which], unit(k))).of(y), false);
            } finally {
                input.value.array()[input.value.offset() + k] = x;
            }
        }

        private Tensor unit(int k) {
            Tensor unit = Tensor.zeros(input.value.shape());
            unit.array()[unit.offset() + k] = 1;
            return unit;
        }
    }

    private static List<Integer> index(Shape shape, int k) {
        List<Integer> index = new ArrayList<>();
        int rest = k;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            index.addFirst(rest % shape.dim(axis));
            rest /= shape.dim(axis);
        }
        return index;
    }

    private static double dot(Tensor a, Tensor b, boolean ofSizes) {
        double sum = 0;
        for (int i = 0; i < a.elements(); i++) {
            double product = (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
            sum += ofSizes ? Math.abs(product) : product;
        }
        return sum;
    }

    private static double largest(Tensor t) {
        double largest = 0;
        for (int i = 0; i < t.elements(); i++) {
            largest = Math.max(largest, Math.abs(t.array()[t.offset() + i]));
        }
        return largest;
    }
}
