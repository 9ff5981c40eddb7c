package dev.lanes.layers.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
    @Test
    void should_be_the_logarithm_of_the_number_of_classes_where_nothing_is_known() {
        Pass pass = Pass.evaluation(Tape.none(Engine.builder().threads(1).build()));
        float loss = SoftmaxCrossEntropy.of(pass.tape().constant(Tensor.zeros(3, 10)), new int[] {0, 9, 4}, pass)
                .value()
                .item();
        assertEquals(Math.log(10), loss, 1e-6);
    }
}
