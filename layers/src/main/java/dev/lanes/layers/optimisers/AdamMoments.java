package dev.lanes.layers.optimisers;

import dev.lanes.numerics.Tensor;
import java.util.List;

/** The two running means that Adam and AdamW share, and the correction for their having begun at 0. */
final class AdamMoments {
    private final GradientOptimiser owner;
    private final double meanKept;
    private final double squareKept;
    private final double epsilon;
    private final Tensor steps;
    private final List<Tensor> means;
    private final List<Tensor> squares;
    private double ofMean;
    private float ofSquare;

    AdamMoments(GradientOptimiser owner, double meanKept, double squareKept, double epsilon) {
        this.owner = owner;
        this.meanKept = meanKept;
        this.squareKept = squareKept;
        this.epsilon = epsilon;
        this.steps = owner.rememberSteps();
        this.means = owner.remember("mean");
        this.squares = owner.remember("square");
    }

    void begin() {
        float step = steps.item() + 1;
        steps.fill(step);
        ofMean = 1 / (1 - StrictMath.pow(meanKept, step));
        ofSquare = (float) Math.sqrt(1 / (1 - StrictMath.pow(squareKept, step)));
    }

    void update(
            int i,
            Tensor gradient,
            Tensor weights,
            float scale,
            float bound,
            double decay,
            double shrink,
            double rate) {
        owner.updates.adaptive(
                scale,
                bound,
                (float) decay,
                (float) meanKept,
                (float) squareKept,
                (float) (1 - squareKept),
                ofSquare,
                (float) epsilon,
                (float) shrink,
                (float) (rate * ofMean),
                gradient,
                means.get(i),
                squares.get(i),
                weights);
    }
}
