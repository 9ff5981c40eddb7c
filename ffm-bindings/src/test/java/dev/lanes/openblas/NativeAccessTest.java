package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.child.AskForOpenBlas;
import dev.lanes.numerics.Engine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program hears that was started with and without native access: each case needs a JVM of its own. */
class NativeAccessTest {
    private static final String UNAVAILABLE =
            "unavailable: this JVM was started without native access; start Java with --enable-native-access=";

    @TempDir
    private Path folder;

    /** Runs a program with all of lanes on the class path. */
    private String onClassPath(String... flags) throws Exception {
        return run(System.getProperty("java.class.path"), flags);
    }

    /** Runs a program with the modules of lanes on the module path, and all else on the class path. */
    private String onModulePath(String... flags) throws Exception {
        List<String> modules = List.of(place(Engine.class), place(OpenBlas.class));
        List<String> modular = new ArrayList<>(
                List.of("-p", String.join(File.pathSeparator, modules), "--add-modules", "dev.lanes.openblas"));
        modular.addAll(List.of(flags));
        String rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !modules.contains(entry))
                .collect(Collectors.joining(File.pathSeparator));
        return run(rest, modular.toArray(String[]::new));
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private String run(String classPath, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(flags));
        command.add(AskForOpenBlas.class.getName());
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
        assertEquals(UNAVAILABLE + "ALL-UNNAMED", onClassPath());
        assertEquals(UNAVAILABLE + "ALL-UNNAMED", onClassPath("--illegal-native-access=deny"));
        assertEquals(UNAVAILABLE + "dev.lanes.openblas", onModulePath("--illegal-native-access=deny"));
        assertEquals(
                UNAVAILABLE + "dev.lanes.openblas", onModulePath("--enable-native-access=ALL-UNNAMED"), "wrong module");
    }

    @Test
    void should_say_nothing_but_its_answer_where_access_is_given() throws Exception {
        assertAnswered(onClassPath("--enable-native-access=ALL-UNNAMED", "--illegal-native-access=deny"));
        assertAnswered(onModulePath("--enable-native-access=dev.lanes.openblas", "--illegal-native-access=deny"));
    }

    private static void assertAnswered(String answer) {
        boolean found = answer.equals("available: openblas");
        boolean absent = answer.startsWith("unavailable: there is no native of org.bytedeco:openblas for ");
        assertTrue(found || absent && !OpenBlas.probe().available(), answer);
    }

    @Test
    void should_tell_what_to_do_about_a_file_that_is_not_there() throws Exception {
        assertEquals(
                "unavailable: -Dlanes.openblas.path: " + folder.resolve("no.so")
                        + " does not exist; name another file, or leave the property out",
                onClassPath("--enable-native-access=ALL-UNNAMED", "-Dlanes.openblas.path=" + folder.resolve("no.so")));
    }
}
