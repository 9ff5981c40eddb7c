package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * A loss that compares two tensors number by number, {@code loss = 1/count * sum over i of f(a[i], b[i])}, in one pass and
 * nothing kept for the derivatives. The count is that of the elements, or of the examples.
 *
 * <p>The loss is summed in double, in the order of the elements. <b>Shapes</b>: a and b alike, any but empty; the first
 * axis counts the examples; loss a scalar {@code []}.
 */
public final class PairLossOp implements Op {
    private static final Shape SCALAR = Shape.of();

    private final PairFunction f;
    private final boolean perExample;

    private PairLossOp(PairFunction f, boolean perExample) {
        this.f = Objects.requireNonNull(f, "f");
        this.perExample = perExample;
    }

    /** Returns the op that averages over all elements. */
    public static PairLossOp perElement(PairFunction f) {
        return new PairLossOp(f, false);
    }

    /** Returns the op that sums over the elements of an example and averages over the examples. */
    public static PairLossOp perExample(PairFunction f) {
        return new PairLossOp(f, true);
    }

    @Override
    public String name() {
        return f.name();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 2);
        ShapeMismatchException.require(name(), "target", inputs.get(1), inputs.getFirst());
        if (inputs.getFirst().elements() == 0) {
            throw new ShapeMismatchException(name(), "input is " + inputs.getFirst() + ", needs at least one element");
        }
        return SCALAR;
    }

    private double count(Tensor a) {
        return !perExample
                ? a.elements()
                : a.shape().rank() == 0 ? 1 : a.shape().dim(0);
    }

    @Override
    public void forward(Evaluation e) {
        Tensor a = e.input(0);
        Tensor b = e.input(1);
        double sum = 0;
        for (int i = 0; i < a.elements(); i++) {
            sum += f.of(a.array()[a.offset() + i], b.array()[b.offset() + i]);
        }
        e.output().fill((float) (sum / count(a)));
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        Tensor a = e.input(0);
        Tensor b = e.input(1);
        double factor = dOut.item() / count(a);
        if (into.wants(0)) {
            Tensor da = into.target(0);
            for (int i = 0; i < a.elements(); i++) {
                double by = f.byA(a.array()[a.offset() + i], b.array()[b.offset() + i]);
                da.array()[da.offset() + i] = (float) (factor * by);
            }
        }
        if (into.wants(1)) {
            Tensor db = into.target(1);
            for (int i = 0; i < a.elements(); i++) {
                double by = f.byB(a.array()[a.offset() + i], b.array()[b.offset() + i]);
                db.array()[db.offset() + i] = (float) (factor * by);
            }
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Tensor a = e.input(0);
        Tensor b = e.input(1);
        double sum = 0;
        for (int i = 0; i < a.elements(); i++) {
            double x = a.array()[a.offset() + i];
            double y = b.array()[b.offset() + i];
            sum += tangent(in, 0, i, f.byA(x, y)) + tangent(in, 1, i, f.byB(x, y));
        }
        dOut.fill((float) (sum / count(a)));
    }

    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        Tensor a = e.input(0);
        Tensor b = e.input(1);
        double factor = dOut.item() / count(a);
        for (int input = 0; input < 2; input++) {
            if (into.wants(input)) {
                Tensor change = into.target(input);
                for (int i = 0; i < a.elements(); i++) {
                    double x = a.array()[a.offset() + i];
                    double y = b.array()[b.offset() + i];
                    double mixed = f.byAB(x, y);
                    double sum = tangent(in, 0, i, input == 0 ? f.byAA(x, y) : mixed)
                            + tangent(in, 1, i, input == 0 ? mixed : f.byBB(x, y));
                    change.array()[change.offset() + i] = (float) (factor * sum);
                }
            }
        }
    }

    private static double tangent(InputTangents in, int input, int i, double derivative) {
        if (!in.has(input)) {
            return 0;
        }
        Tensor t = in.get(input);
        return derivative * t.array()[t.offset() + i];
    }

    /** Returns the function, and over what it is averaged. */
    @Override
    public String toString() {
        return name() + (perExample ? " per example" : " per element");
    }
}
