package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One application of an {@link Op}: the engine, the inputs, the output, and what the forward computation saves for the
 * derivatives.
 *
 * <p>Everything handed out here for writing holds arbitrary values before; its memory is used again when the tape is
 * reset and records the next pass. Belongs to the thread of its tape.
 */
public final class Evaluation {
    private static final Node[] NO_NODES = {};
    private static final Tensor[] NO_TENSORS = {};

    private final Tape tape;
    private Op op;
    private Node[] inputs = NO_NODES;
    private Shape[] inputShapes = {};
    private Shape outputShape;
    private boolean differentiable;
    private Object memo;

    private Tensor buffer;
    private Tensor view;
    private Tensor otherView;
    private Tensor output;
    private Tensor[] saved = NO_TENSORS;
    private int[][] savedInts = {};
    private float[][] savedFloats = {};
    private Tensor[] scratch = NO_TENSORS;
    private int scratches;

    Evaluation(Tape tape) {
        this.tape = tape;
    }

    /**
     * Returns the application of an op to given tensors, which writes into a given one and is run as often as wanted, each
     * time on what the tensors hold then; the tape is one that writes nothing down, and lends scratch. From the second
     * time on a run allocates no memory for values.
     *
     * @param output of the shape that the op gives; it shares no memory with the inputs
     */
    public static Runnable bind(Tape tape, Op op, List<Tensor> inputs, Tensor output) {
        Variable[] constants = inputs.stream().map(tape::constant).toArray(Variable[]::new);
        Evaluation evaluation = new Evaluation(tape);
        evaluation.buffer = output;
        return () -> {
            evaluation.run(op, constants);
            if (evaluation.output != output) {
                output.copyFrom(evaluation.output);
            }
        };
    }

    /** Returns what this has computed, for a listing. */
    Step step() {
        return new Step(op, Arrays.stream(inputs).map(Node::value).toList(), output);
    }

    /** Computes the output and returns whether it depends on a leaf. */
    boolean run(Op newOp, Variable[] variables) {
        boolean asBefore = newOp == op && variables.length == inputs.length;
        if (variables.length != inputs.length) {
            inputs = new Node[variables.length];
            inputShapes = new Shape[variables.length];
        }
        differentiable = false;
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = variables[i].node();
            differentiable |= inputs[i].isDifferentiable();
            Shape shape = inputs[i].shape();
            asBefore &= shape.equals(inputShapes[i]);
            inputShapes[i] = shape;
        }
        op = null; // should the shapes not fit, nothing of this is taken for good the next time
        output = null;
        if (!asBefore) {
            memo = null;
            outputShape = newOp.outputShape(List.of(inputShapes));
        }
        newOp.forward(this);
        op = newOp;
        output(); // an op without elements may not have asked
        releaseScratch();
        return differentiable;
    }

    void runVjp(Tensor dOut, Cotangents into) {
        op.vjp(this, dOut, into);
        releaseScratch();
    }

    void runJvp(InputTangents in, Tensor dOut) {
        op.jvp(this, in, dOut);
        releaseScratch();
    }

    void runHvp(InputTangents in, Tensor dOut, Cotangents into) {
        op.hvp(this, in, dOut, into);
        releaseScratch();
    }

    private void releaseScratch() {
        while (scratches > 0) {
            tape.buffers().give(scratch[--scratches]);
        }
    }

    Op op() {
        return op;
    }

    Node inputNode(int i) {
        return inputs[i];
    }

    /** Returns the engine to compute with. */
    public Engine engine() {
        return tape.engine();
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return inputs.length;
    }

    /** Returns an input; it must not be written to. */
    public Tensor input(int i) {
        return inputs[i].value();
    }

    /** Returns the output, of the shape that {@link Op#outputShape} gave; forward writes the whole of it. */
    public Tensor output() {
        if (output == null) {
            buffer = Buffers.fit(buffer, outputShape);
            output = buffer;
        }
        return output;
    }

    /**
     * Makes the values of another tensor the output, under the output's shape and without a copy; instead of writing to
     * {@link #output}, where the op only looks at its input another way.
     */
    public void outputIs(Tensor source) {
        view = seen(view, source, outputShape);
        output = view;
    }

    /**
     * Returns the values of a tensor under another shape, without a copy: one tensor at a time, the same again where the
     * same is asked for.
     */
    public Tensor view(Tensor source, Shape shape) {
        otherView = seen(otherView, source, shape);
        return otherView;
    }

    private static Tensor seen(Tensor last, Tensor source, Shape shape) {
        boolean asBefore = last != null
                && last.array() == source.array()
                && last.offset() == source.offset()
                && last.shape().equals(shape);
        return asBefore ? last : source.reshape(shape);
    }

    /** Tells whether derivatives may be asked for; if not, nothing need be saved. */
    public boolean isDifferentiable() {
        return differentiable && tape.isRecording();
    }

    /**
     * Returns what is computed from the op and the shapes of the inputs alone, such as a geometry: by the function the
     * first time, remembered as long as the same op sees the same shapes.
     */
    public <T> T memo(Class<T> type, Function<List<Shape>, T> function) {
        if (!type.isInstance(memo)) {
            memo = function.apply(List.of(inputShapes));
        }
        return type.cast(memo);
    }

    /** Returns a tensor to save values in, under a number from 0 of the op's choosing. */
    public Tensor save(int key, Shape shape) {
        if (key >= saved.length) {
            saved = Arrays.copyOf(saved, key + 1);
        }
        saved[key] = Buffers.fit(saved[key], shape);
        return saved[key];
    }

    /** Returns what forward has put into {@link #save}. */
    public Tensor saved(int key) {
        return saved[key];
    }

    /** Returns an array of at least {@code length} integers to save values in. */
    public int[] saveInts(int key, int length) {
        if (key >= savedInts.length) {
            savedInts = Arrays.copyOf(savedInts, key + 1);
        }
        if (savedInts[key] == null || savedInts[key].length < length) {
            savedInts[key] = new int[length];
        }
        return savedInts[key];
    }

    /** Returns what forward has put into {@link #saveInts}. */
    public int[] savedInts(int key) {
        return savedInts[key];
    }

    /** Returns an array of at least {@code length} values to save values in. */
    public float[] saveFloats(int key, int length) {
        if (key >= savedFloats.length) {
            savedFloats = Arrays.copyOf(savedFloats, key + 1);
        }
        if (savedFloats[key] == null || savedFloats[key].length < length) {
            savedFloats[key] = new float[length];
        }
        return savedFloats[key];
    }

    /** Returns what forward has put into {@link #saveFloats}. */
    public float[] savedFloats(int key) {
        return savedFloats[key];
    }

    /** Returns a tensor to work in, which is taken back when the op's method returns. */
    public Tensor scratch(Shape shape) {
        if (scratches == scratch.length) {
            scratch = Arrays.copyOf(scratch, scratches + 1);
        }
        Tensor tensor = tape.buffers().take(shape, scratch[scratches]);
        scratch[scratches++] = tensor;
        return tensor;
    }
}
