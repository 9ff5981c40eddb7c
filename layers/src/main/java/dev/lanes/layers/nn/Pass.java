package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.numerics.Engine;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a layer needs to know of the pass it takes part in: the tape to write on, whether the network is being trained
 * or used, and where random numbers come from. There is no other, hidden, context.
 *
 * <pre>{@code
 * Pass training = Pass.training(tape, new SeededRandom(42));
 * Pass use = Pass.evaluation(Tape.none(engine));
 * }</pre>
 */
public final class Pass {
    private final Tape tape;
    private final Optional<RandomGenerator> random;
    private final boolean again;

    private Pass(Tape tape, Optional<RandomGenerator> random, boolean again) {
        this.tape = Objects.requireNonNull(tape, "tape");
        this.random = random;
        this.again = again;
    }

    /** Returns a pass that trains: dropout drops, statistics are gathered. */
    public static Pass training(Tape tape, RandomGenerator random) {
        return new Pass(tape, Optional.of(random), false);
    }

    /** Returns a pass that uses the network as it is; it has no random numbers. */
    public static Pass evaluation(Tape tape) {
        return new Pass(tape, Optional.empty(), false);
    }

    /**
     * Returns this pass as one that computes again what a training pass has computed: layers do as they did then, but
     * gather nothing a second time.
     */
    public Pass again() {
        return new Pass(tape, random, true);
    }

    /** Returns the tape. */
    public Tape tape() {
        return tape;
    }

    /** Returns the engine of the tape. */
    public Engine engine() {
        return tape.engine();
    }

    /** Tells whether the network is being trained. */
    public boolean isTraining() {
        return random.isPresent();
    }

    /** Tells whether layers that keep statistics of what passes through them are to gather them. */
    public boolean gathersStatistics() {
        return isTraining() && !again;
    }

    /**
     * Returns the random numbers of a training pass.
     *
     * @throws IllegalStateException in evaluation, whose results depend on nothing random
     */
    public RandomGenerator random() {
        return random.orElseThrow(() -> new IllegalStateException(
                "a pass in evaluation has no random numbers; use Pass.training(tape, random)"));
    }
}
