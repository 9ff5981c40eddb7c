package dev.lanes.layers.optimisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All numbers are such that float32 holds them exactly: halves and quarters. */
class SgdTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    private final Parameter w = new Parameter("fc.weight", Tensor.of(Shape.of(2, 1), 8, -4));
    private final Parameter idle = new Parameter("idle", Tensor.of(Shape.of(1), 8));
    private final Tape tape = Tape.recording(ENGINE);

    /** Returns gradients that are (1, 2) for the weight whatever it is, and nothing for the other. */
    private Gradients gradients() {
        tape.reset();
        Variable x = tape.constant(Tensor.of(Shape.of(1, 2), 1, 2));
        return tape.backward(tape.apply(LinearOp.LINEAR, x, tape.leaf(w)));
    }

    private Sgd.Builder sgd() {
        return Sgd.builder(List.of(w, idle), ENGINE).learningRate(0.5);
    }

    private void assertWeights(float first, float second) {
        assertArrayEquals(new float[] {first, second}, w.value().toArray());
    }

    @Test
    void should_step_against_the_gradient() {
        Sgd sgd = sgd().build();
        sgd.step(gradients());
        assertWeights(7.5f, -5);
        sgd.learningRate(0.25);
        assertEquals(0.25, sgd.learningRate());
        sgd.step(gradients());
        assertWeights(7.25f, -5.5f);
        assertEquals(8, idle.value().item());
        assertTrue(sgd.state().isEmpty());
    }

    /** v: (1 2), (1.5 3), (1.75 3.5). */
    @Test
    void should_gather_momentum() {
        Sgd sgd = sgd().momentum(0.5).build();
        sgd.step(gradients());
        assertWeights(7.5f, -5);
        sgd.step(gradients());
        assertWeights(6.75f, -6.5f);
        sgd.step(gradients());
        assertWeights(5.875f, -8.25f);
        assertEquals(
                List.of("fc.weight.velocity", "idle.velocity"),
                List.copyOf(sgd.state().keySet()));
        assertArrayEquals(
                new float[] {1.75f, 3.5f}, sgd.state().get("fc.weight.velocity").toArray());
    }

    /** g + v / 2: (1.5 3), (1.75 3.5). */
    @Test
    void should_look_ahead_after_nesterov() {
        Sgd sgd = sgd().momentum(0.5).nesterov(true).build();
        sgd.step(gradients());
        assertWeights(7.25f, -5.5f);
        sgd.step(gradients());
        assertWeights(6.375f, -7.25f);
    }

    /** d = g + w / 4 = (3 1): w = (6.5 -4.5); then d = (2.625 0.875). */
    @Test
    void should_let_weights_decay() {
        Sgd sgd = sgd().weightDecay(0.25).build();
        sgd.step(gradients());
        assertWeights(6.5f, -4.5f);
        assertEquals(7, idle.value().item());
        sgd.step(gradients());
        assertWeights(5.1875f, -4.9375f);
    }

    /** d = (3 1), v = (3 1), w = (6.5 -4.5); d = (2.625 0.875), v = (4.125 1.375). */
    @Test
    void should_let_weights_decay_through_the_momentum() {
        Sgd sgd = sgd().weightDecay(0.25).momentum(0.5).build();
        sgd.step(gradients());
        assertWeights(6.5f, -4.5f);
        sgd.step(gradients());
        assertWeights(4.4375f, -5.1875f);
    }

    /** d = (3 1), v = (3 1), w -= (d + v / 2) / 2 = (2.25 0.75). */
    @Test
    void should_let_weights_decay_after_nesterov() {
        sgd().weightDecay(0.25).momentum(0.5).nesterov(true).build().step(gradients());
        assertWeights(5.75f, -4.75f);
    }

    @Test
    void should_resume_from_its_state_with_the_same_bits() {
        Sgd sgd = sgd().momentum(0.9).learningRate(0.1).build();
        sgd.step(gradients());
        sgd.step(gradients());
        Tensor weights = w.value().copy();
        Tensor velocity = sgd.state().get("fc.weight.velocity").copy();
        sgd.step(gradients());
        float[] expected = w.value().toArray();
        w.value().copyFrom(weights);
        Sgd resumed = sgd().momentum(0.9).learningRate(0.1).build();
        resumed.state().get("fc.weight.velocity").copyFrom(velocity);
        resumed.step(gradients());
        assertArrayEquals(expected, w.value().toArray());
    }

    @Test
    void should_notice_that_the_gradients_are_of_another_network() {
        Sgd sgd = Sgd.builder(List.of(idle), ENGINE).build();
        Gradients gradients = gradients();
        assertEquals(
                "sgd: the loss depends on none of the 1 parameters; was it computed with the same network, on a tape"
                        + " that records?",
                assertThrows(IllegalStateException.class, () -> sgd.step(gradients))
                        .getMessage());
    }

    @Test
    void should_refuse_impossible_settings() {
        assertEquals("sgd: the learning rate is -1.0, needs 0 or more", message(() -> sgd().learningRate(-1)));
        assertEquals(
                "sgd: the learning rate is NaN, needs 0 or more",
                message(() -> sgd().build().learningRate(Double.NaN)));
        assertEquals("sgd: the momentum is 1.0, needs 0 <= momentum < 1", message(() -> sgd().momentum(1)));
        assertEquals("sgd: the weight decay is -0.5, needs 0 or more", message(() -> sgd().weightDecay(-0.5)));
        assertEquals(
                "sgd: Nesterov needs a momentum above 0",
                message(() -> sgd().nesterov(true).build()));
        assertEquals(
                "sgd: 2 parameters have only 1 different names", message(() -> Sgd.builder(List.of(w, w), ENGINE)));
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
