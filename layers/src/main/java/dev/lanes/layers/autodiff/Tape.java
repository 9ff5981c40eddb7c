package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Applies ops and writes down what it did, in order, so that derivatives can be computed from it: backwards ({@link
 * #backward}, all gradients of one value) or forwards ({@link #forward}, all changes from one direction).
 *
 * <p>A pass begins with {@link #reset} and ends with the next. The tape keeps every buffer and uses it again where the
 * next pass asks for one of the same place, so a training step that repeats allocates almost nothing. What a pass made,
 * its variables, gradients and tangents, is good until the reset; of gradients, until the next walk backwards.
 *
 * <p>A tape from {@link #none} writes nothing down: its variables are good for ever and have no derivatives.
 *
 * <p>Gradients have the same bits every time: sums are formed in the order of the tape, last op first, and within an op
 * in the order of its inputs. A tape belongs to one thread.
 *
 * <pre>{@code
 * Tape tape = Tape.recording(engine);
 * Variable x = tape.leaf(Tensor.of(Shape.of(3), -1, 2, 3));
 * Variable y = tape.apply(ReluOp.RELU, x);                            // 0 2 3
 * Gradients gradients = tape.backward(y, Tensor.of(y.shape(), 1, 1, 1));
 * gradients.of(x);                                                    // 0 1 1
 * tape.reset();
 * }</pre>
 */
public final class Tape {
    private final Engine engine;
    private final boolean recording;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Tensor, Variable> parameterLeaves = new IdentityHashMap<>();
    private final List<Node> parameterNodes = new ArrayList<>();
    private final Buffers buffers = new Buffers();
    private final Walk walk = new Walk(this);
    private final Tensor one = Tensor.scalar(1f);
    private int size;
    private int pass;
    private int walks;

    private Tape(Engine engine, boolean recording) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.recording = recording;
    }

    /** Returns an empty tape that records, and computes with the given engine. */
    public static Tape recording(Engine engine) {
        return new Tape(engine, true);
    }

    /** Returns a tape that records nothing, and computes with the given engine. */
    public static Tape none(Engine engine) {
        return new Tape(engine, false);
    }

    /** Returns the engine that this tape computes with. */
    public Engine engine() {
        return engine;
    }

    /** Tells whether this tape records. */
    public boolean isRecording() {
        return recording;
    }

    /** Returns the number of values recorded since the last reset, leaves of parameters not counted. */
    public int size() {
        return size;
    }

    /** Returns a variable for a value that no gradient is wanted for. The tensor is not copied. */
    public Variable constant(Tensor value) {
        return append(newNode().asConstant(value));
    }

    /**
     * Returns a variable of the same value that no gradient passes through: for the derivatives it is a constant.
     *
     * @throws IllegalStateException if the variable is of another tape, or was made before the last reset
     */
    public Variable stopGradient(Variable variable) {
        return constant(nodeOf(variable, "stopGradient").value());
    }

    /**
     * Returns a variable for a value that a gradient is wanted for, a new one with each call. The tensor is not copied.
     */
    public Variable leaf(Tensor value) {
        Node node = newNode();
        return append(recording ? node.asLeaf(value) : node.asConstant(value));
    }

    /**
     * Returns the variable for a parameter: the same one whenever the same tensor is asked for, so that the gradients of
     * all its uses add up. It outlives a reset.
     */
    public Variable leaf(Parameter parameter) {
        if (!recording) {
            return constant(parameter.value());
        }
        Variable leaf = parameterLeaves.get(parameter.value());
        if (leaf == null) {
            Node node = new Node(this).asLeaf(parameter.value());
            leaf = new Variable(this, node, Variable.EVERY_PASS);
            parameterNodes.add(node);
            parameterLeaves.put(parameter.value(), leaf);
        }
        return leaf;
    }

    /**
     * Computes an op and returns its output.
     *
     * @throws ShapeMismatchException if the inputs do not fit the op
     * @throws IllegalStateException if an input is of another tape, or was made before the last reset
     */
    public Variable apply(Op op, Variable... inputs) {
        for (Variable input : inputs) {
            nodeOf(input, op.name());
        }
        return append(newNode().asOutput(op, inputs));
    }

    /**
     * Asks that {@link Gradients} hold the gradient of a value on the way, too, which is otherwise forgotten as soon as
     * it has been passed on. Ends the gradients of walks before.
     *
     * @return the same variable
     * @throws IllegalStateException if the variable is of another tape, or was made before the last reset
     */
    public Variable keep(Variable variable) {
        nodeOf(variable, "keep").keep();
        walks++;
        return variable;
    }

    /**
     * Returns the gradients of a single value by all leaves.
     *
     * @throws ShapeMismatchException if the loss does not have exactly one element
     * @throws IllegalStateException if the tape records nothing, or the loss is of another tape or an earlier pass
     */
    public Gradients backward(Variable loss) {
        Shape shape = requireSingle("backward", loss);
        return backward(loss, shape.rank() == 0 ? one : one.reshape(shape));
    }

    /**
     * Returns the vector-Jacobian product: the gradients of {@code <seed, output>} by all leaves. It may be asked for
     * several times in a pass; each time ends the gradients before.
     *
     * @param seed of the output's shape; not copied, not changed
     * @throws ShapeMismatchException if the seed does not have the shape of the output
     * @throws IllegalStateException if the tape records nothing, or the output is of another tape or an earlier pass
     */
    public Gradients backward(Variable output, Tensor seed) {
        Node last = nodeOf(output, "backward");
        requireRecording("backward");
        ShapeMismatchException.require("backward", "the seed", seed.shape(), last.shape());
        begin(last, seed);
        return walkBack();
    }

    /**
     * Returns the gradients of several outputs in one walk: those of the sum of {@code <seed, output>}.
     *
     * @param seeds for each output a tensor of its shape; not changed
     * @throws ShapeMismatchException if a seed does not have the shape of its output
     * @throws IllegalStateException if the tape records nothing, or an output is of another tape or an earlier pass
     */
    public Gradients backward(Map<Variable, Tensor> seeds) {
        requireRecording("backward");
        seeds.forEach((output, seed) -> ShapeMismatchException.require(
                "backward", "the seed", seed.shape(), nodeOf(output, "backward").shape()));
        begin();
        seeds.forEach((output, seed) -> {
            Node node = output.node();
            node.accept(node.newGradient(buffers).copyFrom(seed)); // what arrives from the others is added to it
        });
        return walkBack();
    }

    private Gradients walkBack() {
        for (int i = size - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.gradient() != null && node.isOutput() && node.isDifferentiable()) {
                walk.step(node);
            }
        }
        return new Gradients(this, walks);
    }

    /**
     * Returns the gradients of a single value by some variables as variables: the walk backwards is recorded, so that
     * what is computed from them can be differentiated again. Second derivatives need {@link Op#hvp} of every op on the
     * way, further ones {@link Op#gradient}.
     *
     * <pre>{@code
     * Variable slope = tape.gradients(score, List.of(x)).getFirst();
     * Variable penalty = tape.apply(SumOp.SUM, tape.apply(MultiplyOp.MULTIPLY, slope, slope));
     * Gradients gradients = tape.backward(penalty);
     * }</pre>
     *
     * @param by leaves, or values on the way
     * @return a variable for each, of its shape; a constant of zeros where the output does not depend on it
     * @throws ShapeMismatchException if the output does not have exactly one element
     * @throws IllegalStateException if the tape records nothing, or a variable is of another tape or an earlier pass
     */
    public List<Variable> gradients(Variable output, List<Variable> by) {
        Shape shape = requireSingle("gradients", output);
        return gradients(output, constant(shape.rank() == 0 ? one : one.reshape(shape)), by);
    }

    /**
     * Returns the gradients of {@code <seed, output>} as {@link #gradients(Variable, List)} does of a single value.
     *
     * @param seed of the output's shape; it may depend on leaves itself
     * @throws ShapeMismatchException if the seed does not have the shape of the output
     * @throws IllegalStateException if the tape records nothing, or a variable is of another tape or an earlier pass
     */
    public List<Variable> gradients(Variable output, Variable seed, List<Variable> by) {
        requireRecording("gradients");
        Node last = nodeOf(output, "gradients");
        ShapeMismatchException.require(
                "gradients", "the seed", nodeOf(seed, "gradients").shape(), last.shape());
        List<Node> inputs = by.stream().map(v -> nodeOf(v, "gradients")).toList();
        return new RecordedWalk(this, List.copyOf(nodes.subList(0, size))).run(last, seed, inputs);
    }

    private void begin(Node last, Tensor seed) {
        begin();
        if (last.isKept()) {
            last.accept(last.ownGradient().copyFrom(seed));
        } else {
            last.borrow(seed);
        }
    }

    private void begin() {
        walks++;
        buffers.giveAll();
        for (int i = 0; i < size; i++) {
            nodes.get(i).clearGradient();
        }
        for (int i = 0; i < parameterNodes.size(); i++) {
            parameterNodes.get(i).clearGradient();
        }
    }

    /**
     * Returns the Hessian-vector product of a single value: how its gradients change when leaves change along the given
     * directions. Computed as the tangent of the walk backwards, at the price of a few gradients, however many elements
     * there are.
     *
     * <p>Ends the gradients of walks before.
     *
     * @param directions for some leaves a tensor of the same shape; the other leaves do not change
     * @throws ShapeMismatchException if the loss does not have exactly one element, or a direction not the shape of its
     *     leaf
     * @throws UnsupportedOperationException if an op on the way has no {@link Op#hvp}
     * @throws IllegalArgumentException if a direction is given for something that is not a leaf
     * @throws IllegalStateException if the tape records nothing, or a variable is of another tape or an earlier pass
     */
    public HessianVector hessianVector(Variable loss, Map<Variable, Tensor> directions) {
        return hessianVector(loss, one.reshape(requireSingle("hessianVector", loss)), directions);
    }

    /**
     * Returns the Hessian-vector product of {@code <seed, output>}, as {@link #hessianVector(Variable, Map)} does of a
     * single value, and throws as it does.
     *
     * @param seed of the output's shape; not copied, not changed
     */
    public HessianVector hessianVector(Variable output, Tensor seed, Map<Variable, Tensor> directions) {
        Node last = nodeOf(output, "hessianVector");
        ShapeMismatchException.require("hessianVector", "the seed", seed.shape(), last.shape());
        Tangents tangents = forward(directions);
        begin(last, seed);
        TangentWalk second = new TangentWalk(this, tangents);
        for (int i = size - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.isOutput() && node.isDifferentiable()) {
                second.step(node);
                if (node.gradient() != null) {
                    walk.step(node);
                }
            }
        }
        return new HessianVector(this, pass, second.found());
    }

    /**
     * Returns the Jacobian-vector product: how every value of this pass changes when leaves change along the given
     * directions, computed in the order of the recording.
     *
     * @param directions for some leaves a tensor of the same shape; the other leaves do not change
     * @throws ShapeMismatchException if a direction does not have the shape of its leaf
     * @throws IllegalArgumentException if a direction is given for something that is not a leaf
     * @throws IllegalStateException if the tape records nothing, or a variable is of another tape or an earlier pass
     */
    public Tangents forward(Map<Variable, Tensor> directions) {
        requireRecording("forward");
        Tangents tangents = new Tangents(this, pass);
        directions.forEach(tangents::start);
        for (int i = 0; i < size; i++) {
            tangents.step(nodes.get(i));
        }
        return tangents;
    }

    /** Begins a new pass. What was recorded is forgotten; its memory is kept for what will be. */
    public void reset() {
        if (recording) {
            size = 0;
            pass = Math.max(0, pass + 1);
            walks++;
        }
    }

    private Node newNode() {
        if (!recording) {
            return new Node(this);
        }
        if (size == nodes.size()) {
            nodes.add(new Node(this));
        }
        return nodes.get(size);
    }

    /** Counts a node as recorded, which happens only when nothing can fail any more. */
    private Variable append(Node node) {
        if (recording) {
            size++;
        }
        return new Variable(this, node, pass);
    }

    private Shape requireSingle(String operation, Variable loss) {
        Shape shape = nodeOf(loss, operation).shape();
        if (shape.elements() != 1) {
            throw new ShapeMismatchException(
                    operation, "the loss is " + shape + ", needs a single value; or give a seed of its shape");
        }
        return shape;
    }

    private void requireRecording(String operation) {
        if (!recording) {
            throw new IllegalStateException(operation + ": this tape records nothing; use Tape.recording(engine)");
        }
    }

    /** Returns the node of a variable that may be used now. */
    Node nodeOf(Variable variable, String operation) {
        if (variable.tape() != this) {
            throw new IllegalStateException(operation + ": a variable belongs to another tape");
        }
        if (!isCurrent(variable)) {
            throw new IllegalStateException(
                    operation + ": a variable was made before the tape was reset; make it anew in each pass");
        }
        return variable.node();
    }

    Variable variableOf(Node node) {
        return new Variable(this, node, pass);
    }

    boolean isCurrent(Variable variable) {
        return variable.pass() == Variable.EVERY_PASS || variable.pass() == pass;
    }

    /** Returns the leaf of a parameter, or null if it was never used. */
    Variable leafOrNull(Parameter parameter) {
        return parameterLeaves.get(parameter.value());
    }

    boolean isLatestWalk(int number) {
        return number == walks;
    }

    boolean isPass(int number) {
        return number == pass;
    }

    List<Node> recorded() {
        return nodes.subList(0, size);
    }

    Buffers buffers() {
        return buffers;
    }
}
