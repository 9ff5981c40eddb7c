package dev.lanes.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.results.PeerStatus;
import dev.lanes.bench.results.ReportFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPathsTest {
    private static final Path PROJECT = Path.of("/home/somebody/lanes");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/home/somebody/lanes/bench/target/peers/mkl | bench/target/peers/mkl",
                "--out /home/somebody/lanes/out --json /tmp/a.json | --out out --json .../a.json",
                "-Djava.io.tmpdir=/var/tmp/x -javaagent:/opt/agent.jar=/a/b | -Djava.io.tmpdir=.../x -javaagent:.../agent.jar=.../b",
                "/home/somebody/lanes-old/lib:/usr/lib/x86 | .../lib:.../x86",
                "cannot be loaded: /usr/lib/libx.so: no file | cannot be loaded: .../libx.so: no file",
                "see https://example.org/a/b, 3 GFLOP/s, and/or a / b | see https://example.org/a/b, 3 GFLOP/s, and/or a / b",
                "lanes-out/bench ../x ~/y ./z .../w | lanes-out/bench ../x ~/y ./z .../w"
            })
    void should_leave_out_the_folders_of_the_machine(String text, String expected) {
        assertEquals(expected, LocalPaths.leaveOut(text, PROJECT));
        assertEquals(expected, LocalPaths.leaveOut(expected, PROJECT));
    }

    @Test
    void should_find_the_project_by_the_folder_of_the_peers() {
        assertEquals(PROJECT, LocalPaths.project(PROJECT.resolve("bench/target/peers")));
        assertEquals(Path.of("").toAbsolutePath(), LocalPaths.project(Path.of("")));
        assertEquals(Path.of("").toAbsolutePath(), LocalPaths.project(Path.of("/opt/peers")));
    }

    @Test
    void should_record_a_peer_without_the_folder_that_its_process_gets() {
        Map<String, String> variables = Contestants.environment("mkl", 1);
        Path given = Path.of(variables.get("LD_LIBRARY_PATH"));
        assertTrue(given.isAbsolute());

        PeerStatus status = Crew.status("mkl", Reply.of("MKL", "", ""), variables);
        PeerStatus missing = Crew.status("mkl", Reply.failed("cannot be loaded: " + given), variables);

        String recorded = status.environment().get("LD_LIBRARY_PATH");
        assertFalse(Path.of(recorded).isAbsolute(), recorded);
        assertEquals(given, LocalPaths.project(Path.of("")).resolve(recorded));
        assertEquals("cannot be loaded: " + recorded, missing.reason());
    }

    @Test
    void should_record_a_machine_without_its_folders() {
        MachineProbe machine = new MachineProbe();
        machine.peers(List.of(Crew.status("mkl", Reply.of("MKL", "", ""), Contestants.environment("mkl", 1))));
        String json = ReportFile.line(machine.machine());
        assertFalse(json.matches(".*[\"=:]/\\w.*"), json);
    }
}
