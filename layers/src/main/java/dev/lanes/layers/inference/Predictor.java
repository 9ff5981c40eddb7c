package dev.lanes.layers.inference;

import dev.lanes.layers.autodiff.Step;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained network arranged for use, for inputs of one shape: weights laid out once as the kernels read them fastest,
 * sums, ReLUs and clamps done by the convolution or fully connected layer before them, one plan of the memory, in which
 * values that are not needed at the same time share an array. A run allocates nothing.
 *
 * <p>{@link #of} gives the numbers that the network gives in evaluation, bit by bit (only a zero may have the other sign);
 * {@link #folded} also folds batch normalisation into the convolution before it, which is faster and changes the last
 * bits. Either gives the same bits for every number of threads and every vector width.
 *
 * <p>What the network computes is written down once, in evaluation, on zeros: what a layer of your own decides by looking
 * at values is decided then. The parameters are copied; make another predictor when they have changed.
 *
 * <p>A predictor belongs to one thread at a time, because it owns the memory that it works in. {@link #another} gives the
 * next thread one of its own, which shares the weights. Good as long as the engine is open.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.folded(network, Shape.of(1, 224, 224, 3), engine);   // once a thread
 * Tensor scores = predictor.run(image);                                                // [1, 1000]
 * }</pre>
 */
public final class Predictor {
    private final Engine engine;
    private final List<Stage> stages;
    private final Value first;
    private final Value last;
    private final Places places;
    private final Map<Value, Tensor> tensors = new IdentityHashMap<>();
    private final List<Tensor> memory;
    private final Tensor input;
    private final Tensor output;
    private final Runnable[] calls;

    private Predictor(Engine engine, List<Stage> stages, Value first, Value last, Places places) {
        this.engine = engine;
        this.stages = stages;
        this.first = first;
        this.last = last;
        this.places = places;
        memory = places.memory();
        Tape scratch = Tape.none(engine);
        input = place(first);
        output = place(last);
        calls = stages.stream().map(stage -> stage.bind(this::place, scratch)).toArray(Runnable[]::new);
        tensors.clear();
    }

    private Tensor place(Value value) {
        return tensors.computeIfAbsent(value, v -> v.isConstant() ? v.constant() : within(memory.get(places.of(v)), v));
    }

    private static Tensor within(Tensor place, Value value) {
        return Tensor.wrap(place.array(), place.offset(), value.shape());
    }

    /**
     * Returns a predictor with the numbers of the network's own evaluation.
     *
     * @param input the shape of what it will be given, batch included
     * @throws ShapeMismatchException if the network does not take it
     */
    public static Predictor of(Layer network, Shape input, Engine engine) {
        return plan(network, input, engine, false);
    }

    /**
     * Returns a predictor whose convolutions and fully connected layers also do the batch normalisation right behind them:
     * {@code w' = w * scale / deviation}, {@code b' = (b - mean) * scale / deviation + shift}, computed in double and
     * rounded once. As fast as can be; the numbers are those of {@link #of} up to rounding.
     *
     * @param input the shape of what it will be given, batch included
     * @throws ShapeMismatchException if the network does not take it
     */
    public static Predictor folded(Layer network, Shape input, Engine engine) {
        return plan(network, input, engine, true);
    }

    private static Predictor plan(Layer network, Shape input, Engine engine, boolean foldNorms) {
        Tape tape = Tape.recording(engine);
        Variable x = tape.constant(Tensor.zeros(input));
        Variable y = network.forward(x, Pass.evaluation(tape));
        Fusion fusion = new Fusion(engine, foldNorms, Step.of(tape), x.value(), y.value());
        Value first = fusion.value(x.value());
        Value last = fusion.value(y.value());
        return new Predictor(engine, fusion.stages(), first, last, new Places(fusion.stages(), first, last));
    }

    /** Returns a predictor for another thread: it shares the weights with this one and has memory of its own. */
    public Predictor another() {
        return new Predictor(engine, stages, first, last, places);
    }

    /** Returns the tensor that {@link #run()} reads, to be filled instead of given to {@link #run(Tensor)}. */
    public Tensor input() {
        return input;
    }

    /** Returns the shape of what comes out. */
    public Shape outputShape() {
        return output.shape();
    }

    /**
     * Computes the network's output for a tensor, which is copied to {@link #input}.
     *
     * @return the predictor's own tensor, good until the next run
     * @throws ShapeMismatchException if the tensor does not have the shape that the predictor was made for
     */
    public Tensor run(Tensor x) {
        ShapeMismatchException.require("predictor", "input", x.shape(), input.shape());
        input.copyFrom(x);
        return run();
    }

    /**
     * Computes the network's output for what stands in {@link #input}.
     *
     * @return the predictor's own tensor, good until the next run
     */
    public Tensor run() {
        for (Runnable call : calls) {
            call.run();
        }
        return output;
    }

    /** Returns the bytes of the memory that values lie in, weights not counted. */
    public long bytes() {
        return memory.stream()
                .mapToLong(tensor -> (long) Float.BYTES * tensor.elements())
                .sum();
    }

    /** Returns shapes and calls, as in {@code Predictor [64, 28, 28, 1] -> [64, 10], 7 calls}. */
    @Override
    public String toString() {
        return "Predictor " + input.shape() + " -> " + output.shape() + ", " + calls.length + " calls";
    }
}
