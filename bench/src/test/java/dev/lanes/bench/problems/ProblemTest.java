package dev.lanes.bench.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void should_know_each_row_once_and_where_it_comes_from() {
        for (Suite suite : Suite.of("all")) {
            Set<String> seen = new HashSet<>();
            for (Entry entry : suite.entries()) {
                assertTrue(seen.add(entry.kernel() + " " + entry.shape()), entry::toString);
                assertFalse(entry.origin().isEmpty(), entry::toString);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Suite.of("nothing"));
    }

    @Test
    void should_read_its_own_text_form() {
        for (Entry entry : Suite.of("training").getFirst().entries()) {
            Problem problem = Problem.of(entry.kernel(), entry.shape());
            assertEquals(entry.shape(), problem.shape());
        }
        assertEquals(
                2.0 * (784 * 512 + 512 * 10),
                Problem.of("mlp-784-512-10", "infer b1").flops());
        assertEquals(
                2.0 * (2 * 784 * 512 + 3 * 512 * 10),
                Problem.of("mlp-784-512-10", "train b1").flops());
        assertThrows(IllegalArgumentException.class, () -> Problem.of("fft", "NN m1 n1 k1"));
    }

    @Test
    void should_refuse_an_answer_that_is_wrong_in_one_place() {
        Problem problem = Problem.of("sgemm", "NN m3 n4 k5");
        problem.verify(problem::expected);

        Exception thrown = assertThrows(
                IllegalStateException.class,
                () -> problem.verify(i -> i == 11 ? problem.expected(i) + 1e-3 : problem.expected(i)));

        assertTrue(thrown.getMessage().startsWith("sgemm NN m3 n4 k5: element 11 is "), thrown::getMessage);
        assertThrows(IllegalStateException.class, () -> problem.verify(_ -> Double.NaN));
    }
}
