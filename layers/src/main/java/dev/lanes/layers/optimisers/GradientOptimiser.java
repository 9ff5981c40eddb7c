package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UpdateOps;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the optimisers share: the walk over the parameters, their groups, clipping, and the names of the state. */
abstract class GradientOptimiser implements Optimiser {
    private final String name;
    private final List<Parameter> parameters;
    private final double[] rateFactors;
    private final double[] decayFactors;
    private final GradientNorm norm;
    private final double clipNorm;
    private final float bound;
    private final double weightDecay;
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    private double learningRate;

    /** Computes the steps. */
    final UpdateOps updates;

    GradientOptimiser(OptimiserBuilder<?> builder) {
        name = builder.name;
        parameters = builder.parameters;
        rateFactors = builder.rateFactors.clone();
        decayFactors = builder.decayFactors.clone();
        clipNorm = builder.clipNorm;
        norm = new GradientNorm(builder.engine);
        bound = (float) builder.clipValue;
        weightDecay = builder.weightDecay;
        learningRate = builder.learningRate;
        updates = builder.engine.update();
    }

    /** Makes a tensor of zeros for each parameter that is remembered as {@code PARAMETER.WHAT}. */
    final List<Tensor> remember(String what) {
        return parameters.stream()
                .map(p -> {
                    Tensor tensor = Tensor.zeros(p.shape());
                    state.put(p.name() + "." + what, tensor);
                    return tensor;
                })
                .toList();
    }

    /** Makes the count of steps, which is remembered; a float counts to 2^24, when no correction is left to be made. */
    final Tensor rememberSteps() {
        Tensor steps = Tensor.zeros();
        state.put("steps", steps);
        return steps;
    }

    @Override
    public final void step(Gradients gradients) {
        requireAny(gradients);
        float scale = scale(gradients);
        begin();
        for (int i = 0; i < rateFactors.length; i++) {
            Parameter parameter = parameters.get(i);
            update(
                    i,
                    gradients.of(parameter),
                    parameter.value(),
                    scale,
                    bound,
                    weightDecay * decayFactors[i],
                    learningRate * rateFactors[i]);
        }
    }

    /** Is told that a step begins. */
    void begin() {}

    /**
     * Changes one parameter.
     *
     * @param i which
     * @param scale what to multiply its gradient by
     * @param bound where to cut the scaled gradient
     * @param decay its weight decay
     * @param rate its learning rate
     */
    abstract void update(int i, Tensor gradient, Tensor weights, float scale, float bound, double decay, double rate);

    private float scale(Gradients gradients) {
        if (clipNorm == Double.POSITIVE_INFINITY) {
            return 1f;
        }
        double size = norm.of(gradients, parameters);
        return size > clipNorm ? (float) (clipNorm / size) : 1f;
    }

    private void requireAny(Gradients gradients) {
        for (int i = 0; i < rateFactors.length; i++) {
            if (gradients.contains(parameters.get(i))) {
                return;
            }
        }
        throw new IllegalStateException(name + ": the loss depends on none of the " + parameters.size()
                + " parameters; was it computed with the same network, on a tape that records?");
    }

    @Override
    public final double learningRate() {
        return learningRate;
    }

    @Override
    public final void learningRate(double rate) {
        learningRate = OptimiserBuilder.notNegative(name, "learning rate", rate);
    }

    @Override
    public final SequencedMap<String, Tensor> state() {
        return Collections.unmodifiableSequencedMap(state);
    }
}
