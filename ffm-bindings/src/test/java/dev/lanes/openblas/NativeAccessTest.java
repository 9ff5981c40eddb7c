package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.BackendUnavailableException;
import dev.lanes.numerics.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM says that was started with and without leave to call native code: each case needs a JVM of its own. */
class NativeAccessTest {
    private static final String UNAVAILABLE =
            "unavailable: this JVM was started without native access; start Java with --enable-native-access=";

    @TempDir
    private Path folder;

    /** The program of the child. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            try (Engine engine = Engine.builder().backend("openblas").threads(1).build()) {
                System.out.println("available: " + engine.backend());
            } catch (BackendUnavailableException e) {
                System.out.println("unavailable: " + e.reason() + "; " + e.remedy());
            }
        }
    }

    private String run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(flags));
        command.add(Child.class.getName());
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "still running");
        return Files.readString(out).strip();
    }

    @Test
    void should_name_the_missing_flag_and_let_java_warn_of_nothing() throws Exception {
        assertEquals(UNAVAILABLE + "ALL-UNNAMED", run());
        assertEquals(UNAVAILABLE + "ALL-UNNAMED", run("--illegal-native-access=deny"));
        assertEquals(UNAVAILABLE + "ALL-UNNAMED", run("--illegal-native-access=warn"));
    }

    @Test
    void should_say_nothing_but_its_answer_where_access_is_given() throws Exception {
        String answer = run("--enable-native-access=ALL-UNNAMED", "--illegal-native-access=deny");
        assertTrue(
                answer.equals("available: openblas") || answer.startsWith("unavailable: there is no native"), answer);
    }
}
