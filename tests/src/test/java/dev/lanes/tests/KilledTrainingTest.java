package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.tests.child.TrainAndDie;
import dev.lanes.tests.kit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose program is killed between two epochs goes on from its file in another program, to the same weights. */
@Tag("once") // each run is three programs of its own
class KilledTrainingTest {
    private static final int HALTED = 9;

    @TempDir
    private Path folder;

    @Test
    void should_end_with_the_digest_of_a_training_that_was_not_killed() {
        ChildJvm.Outcome whole =
                new ChildJvm().run(TrainAndDie.class, folder.resolve("whole").toString(), "never");
        assertEquals(0, whole.exit(), whole.err());
        assertTrue(whole.out().strip().matches("[0-9a-f]{64}"), whole.out());

        Path file = folder.resolve("killed");
        ChildJvm.Outcome killed = new ChildJvm().run(TrainAndDie.class, file.toString(), "2");
        assertEquals(HALTED, killed.exit(), killed.err());
        assertEquals("", killed.out());
        assertTrue(Files.exists(file));

        ChildJvm.Outcome resumed = new ChildJvm().run(TrainAndDie.class, file.toString(), "never");
        assertEquals(0, resumed.exit(), resumed.err());
        assertEquals(whole.out(), resumed.out());
    }
}
