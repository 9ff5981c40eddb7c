package dev.lanes.bench.contestants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.bench.problems.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contestant that is here gives the right answer to every kind of problem that it can solve. */
class ContestantsTest {
    private static final List<String> PROBLEMS = List.of(
            "sgemm: NN m13 n17 k19",
            "sgemm: NT m13 n17 k19",
            "sgemm: TN m13 n17 k19",
            "sgemm-packed: NN m13 n17 k19",
            "sgemv: NN m1 n17 k19",
            "sgemv: NT m1 n17 k19",
            "dgemm: NN m13 n17 k19",
            "conv: b2 9x8x6 -> 10 k3x3 s2 p1 d1 g2",
            "conv-backward-input: b2 9x8x6 -> 10 k3x3 s2 p1 d1 g2",
            "conv-backward-weights: b2 9x8x6 -> 10 k3x3 s2 p1 d1 g2",
            "depthwise: b1 9x8x16 -> 16 k3x3 s1 p1 d1 g16",
            "maxpool: b1 9x8x6 k3x3 s2 p1 d1",
            "avgpool: b1 9x8x6 k3x3 s2 p1 d1",
            "softmax: r5 c7",
            "relu: r5 c7",
            "add: r5 c7",
            "exp: r5 c7",
            "tanh: r5 c7",
            "sigmoid: r5 c7",
            "gelu: r5 c7",
            "silu: r5 c7",
            "hardswish: r5 c7",
            "Conv2d.forward: b2 9x8x4 -> 6 k3x3 s1 p1 d1 g1",
            "Conv2d.step: b2 9x8x4 -> 6 k3x3 s1 p1 d1 g1",
            "Linear.step: NN m4 n5 k6",
            "MaxPool2d.step: b2 8x8x3 k2x2 s2 p0 d1",
            "mlp-784-512-10: train b2",
            "lenet-5: infer b2",
            "lenet-20-50-500: train b2",
            "cnn-32-64-128: train b2");

    static Stream<Arguments> problems() {
        return Stream.of("lanes", "reference", "openblas", "scalar", "onednn")
                .flatMap(name -> PROBLEMS.stream().map(problem -> Arguments.of(name, problem)));
    }

    private static Problem problem(String text) {
        String[] parts = text.split(": ");
        return Problem.of(parts[0], parts[1]);
    }

    private static Contestant open(String name) {
        try {
            return Contestants.open(name, 1);
        } catch (MissingPeerException e) {
            assumeTrue(false, name + ": " + e.getMessage());
            throw e;
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void should_give_the_right_answer(String name, String text) {
        Problem problem = problem(text);
        try (Contestant contestant = open(name)) {
            Candidate candidate;
            try {
                candidate = contestant.prepare(problem);
            } catch (UnsupportedOperationException e) {
                assertFalse(name.equals("lanes"), text);
                return;
            }
            try (candidate) {
                candidate.run();
                problem.verify(candidate::answer);
                candidate.run();
                problem.verify(candidate::answer);
                assertFalse(candidate.detail().isEmpty());
            }
        }
    }

    @Test
    void should_say_that_a_library_was_not_fetched() {
        Exception thrown = assertThrows(MissingPeerException.class, () -> Native.peer("nobody", "libnobody.so"));

        assertTrue(thrown.getMessage().startsWith("not downloaded: libnobody.so is not here; "), thrown::getMessage);
        assertThrows(MissingPeerException.class, () -> Contestants.open("nobody", 1));
    }

    @Test
    void should_steer_the_threads_of_native_libraries() {
        assertEquals("2", Contestants.environment("openblas", 2).get("OPENBLAS_NUM_THREADS"));
        assertEquals("1", Contestants.environment("onednn", 1).get("OMP_NUM_THREADS"));
        assertTrue(Contestants.environment("lanes", 2).isEmpty());
    }
}
