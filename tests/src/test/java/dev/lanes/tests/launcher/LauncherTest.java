package dev.lanes.tests.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher in a made-up project, with JDKs and a Maven that only tell how they were called. */
@DisabledOnOs(OS.WINDOWS)
@Tag("once") // knows nothing of vectors
class LauncherTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    private Path temp;

    private Path project;
    private Path bin;
    private Path source;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void makeProject() throws IOException {
        Path launcher =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("lanes");
        project = Files.createDirectories(temp.resolve("my projects/lanes 1"));
        Files.copy(launcher, project.resolve("lanes"));
        for (String module : List.of("cli", "bench", "bench/peers", "tests")) {
            Files.createDirectories(project.resolve(module).resolve("src/main/java"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(project.resolve(module).resolve("src/main/java/A.java"), "class A {}");
        }
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        source = project.resolve("cli/src/main/java/A.java");
        try (var files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
            }
        }

        bin = Files.createDirectories(temp.resolve("bin"));
        script(bin.resolve("mvn"), """
                echo "$JAVA_HOME: $*" >>'%s'
                echo '[INFO] Building lanes-cli 1.0 [1/1]'
                if [ -n "${BROKEN:-}" ]; then
                    echo '[ERROR] A.java: no such symbol -> [Help 1]'
                    exit 1
                fi
                case $* in
                    *dependency:*) echo '[ERROR] no network -> [Help 1]' && exit 1 ;;
                    *-Ppeers*) [ -n "${PEERS:-}" ] || exit 1 ;;
                esac
                mkdir -p cli/target/app/lib bench/target/app/lib
                """.formatted(temp.resolve("mvn.log")));
        environment.put("PATH", bin + ":/usr/bin:/bin");
        environment.put("HOME", temp.toString());
        environment.put("LANES_JAVA_HOME", jdk("chosen", "25.0.3").toString());
    }

    @Test
    void should_hand_on_arguments_untouched_and_the_exit_code() throws Exception {
        environment.put("EXIT", "42");

        Result result = run("train", "a b", "", "*", "--json=\"x\"");

        assertEquals(42, result.exitCode);
        List<String> lines = result.lines();
        int module = lines.indexOf("[--module]");
        assertEquals(
                List.of("[dev.lanes.cli/dev.lanes.cli.Main]", "[train]", "[a b]", "[]", "[*]", "[--json=\"x\"]"),
                lines.subList(module + 1, lines.size() - 1));
        assertTrue(lines.containsAll(List.of("[--add-modules]", "[jdk.incubator.vector]")), result.out);
        assertTrue(lines.contains("[" + project.toRealPath().resolve("cli/target/app/lib") + "]"), result.out);
    }

    @Test
    void should_build_the_first_time_only() throws Exception {
        Result first = run();
        Result second = run();

        assertEquals("building lanes (first run) ...\n  lanes-cli\n", first.err);
        assertEquals("", second.err);
        assertEquals(1, builds().size());
        assertTrue(builds().getFirst().startsWith(temp.resolve("chosen") + ": "), builds().getFirst());
    }

    @Test
    void should_build_again_when_a_source_has_changed_or_gone() throws Exception {
        run();
        Files.setLastModifiedTime(source, FileTime.from(LATER));
        Result changed = run();
        Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
        run();
        int before = builds().size();
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), FileTime.from(LATER));
        run();

        assertTrue(changed.err.startsWith("building lanes (sources changed)"), changed.err);
        assertEquals(2, before);
        assertEquals(3, builds().size());
    }

    @Test
    void should_not_build_again_for_what_the_command_does_not_need() throws Exception {
        run();
        Files.setLastModifiedTime(project.resolve("tests/src/main/java/A.java"), FileTime.from(LATER));
        Files.setLastModifiedTime(project.resolve("bench/src/main/java/A.java"), FileTime.from(LATER));
        run();

        assertEquals(1, builds().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cli/src/main/java/A.java", "bench/src/main/java/A.java", "bench/peers/src/main/java/A.java"})
    void should_build_bench_again_when_anything_it_is_built_from_has_changed(String changed) throws Exception {
        environment.put("PEERS", "here");
        run("bench");
        long before = packaged();
        run("bench");
        assertEquals(before, packaged());

        Files.setLastModifiedTime(project.resolve(changed), FileTime.from(LATER));
        run("bench");

        assertEquals(before + 1, packaged());
    }

    private long packaged() throws IOException {
        return builds().stream().filter(build -> build.endsWith(" package")).count();
    }

    @Test
    void should_pass_options_to_maven() throws Exception {
        environment.put("LANES_MVN_OPTS", "-o -Dx=y");
        run();

        assertTrue(builds().getFirst().contains(" -o -Dx=y "), builds().getFirst());
    }

    @Test
    void should_tell_why_it_could_not_build_and_try_again() throws Exception {
        environment.put("BROKEN", "1");
        Result broken = run();
        environment.remove("BROKEN");
        Result mended = run();

        assertEquals(1, broken.exitCode);
        assertEquals("", broken.out);
        assertTrue(broken.err.contains("\n  A.java: no such symbol\nlanes: could not build itself"), broken.err);
        assertEquals(0, mended.exitCode);
    }

    @Test
    void should_say_what_to_install_where_there_is_no_maven() throws Exception {
        Files.delete(bin.resolve("mvn"));
        Path tools = Files.createDirectories(temp.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "find", "mkdir", "flock")) {
            for (String folder : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(folder + tool)) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), Path.of(folder + tool));
                }
            }
        }
        environment.put("PATH", tools.toString());

        Result result = run();

        assertEquals(1, result.exitCode);
        assertEquals(1, result.err.lines().count());
        assertTrue(result.err.startsWith("lanes: needs Apache Maven"), result.err);
    }

    @Test
    @EnabledIf("hasFlock")
    void should_build_once_for_several_first_runs_at_a_time() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(i));
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }

        assertEquals(1, builds().size());
    }

    @Test
    void should_refuse_a_chosen_jdk_that_is_too_old() throws Exception {
        environment.put("LANES_JAVA_HOME", jdk("old", "1.8.0_292").toString());

        Result result = run();

        assertEquals(1, result.exitCode);
        assertEquals("lanes: LANES_JAVA_HOME=" + temp.resolve("old") + " is not a JDK 25 or newer\n", result.err);
    }

    @Test
    void should_refuse_a_runtime_that_cannot_compile() throws Exception {
        Files.delete(jdk("jre", "25").resolve("bin/javac"));
        environment.put("LANES_JAVA_HOME", temp.resolve("jre").toString());

        assertEquals(1, run().exitCode);
    }

    @Test
    void should_take_java_home_where_it_is_new_enough_and_else_the_java_on_the_path() throws Exception {
        environment.remove("LANES_JAVA_HOME");
        environment.put("JAVA_HOME", jdk("home", "26-ea").toString());
        Files.createSymbolicLink(bin.resolve("java2"), jdk("on-path", "25.0.1").resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("java2"));

        String fromHome = run().lines().getLast();
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        String fromPath = run().lines().getLast();

        assertEquals(temp.resolve("home/bin/java").toString(), fromHome);
        assertEquals(
                temp.toRealPath().resolve("on-path/bin/java"), Path.of(fromPath).toRealPath());
    }

    @Test
    void should_split_options_of_the_jvm_at_blanks_and_nothing_else() throws Exception {
        environment.put("LANES_JAVA_OPTS", "-Xmx1g * -Dy=$HOME");

        assertTrue(run().lines().containsAll(List.of("[-Xmx1g]", "[*]", "[-Dy=$HOME]")));
    }

    @Test
    void should_drop_the_variables_that_slow_openblas_down() throws Exception {
        environment.put("OPENBLAS_CORETYPE", "Prescott");
        environment.put("OPENBLAS_L2_SIZE", "1");

        Result result = run();

        assertTrue(result.lines().contains("openblas=<>"), result.out);
    }

    @Test
    void should_run_bench_as_a_program_of_its_own() throws Exception {
        environment.put("PEERS", "1");
        Result first = run("bench", "kernels", "--quick");
        int builds = builds().size();
        Result second = run("bench");

        List<String> lines = first.lines();
        int main = lines.indexOf("[dev.lanes.bench.Main]");
        assertEquals(List.of("[kernels]", "[--quick]"), lines.subList(main + 1, main + 3));
        assertTrue(builds().getFirst().contains("-Ppeers -pl bench/peers -am package"), builds()::toString);
        assertTrue(first.err.contains("lanes: without onednn: no network"), first.err);
        assertEquals(
                "no network\n", Files.readString(project.toRealPath().resolve("bench/target/peers/onednn.missing")));
        assertEquals("", second.err);
        assertEquals(builds, builds().size());
    }

    @Test
    void should_run_bench_without_peers_that_cannot_be_built() throws Exception {
        Result result = run("bench");

        assertEquals(0, result.exitCode);
        assertTrue(result.err.contains("lanes: building without the peers"), result.err);
        assertTrue(builds().get(1).contains("-pl bench -am package"), builds()::toString);
    }

    @Test
    void should_run_through_links_from_anywhere() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("first"), project.resolve("lanes"));
        Path second = Files.createSymbolicLink(bin.resolve("lanes"), Path.of("../first"));

        assertEquals(0, run(Path.of("/"), second, "x").exitCode);
        assertTrue(Files.isDirectory(project.resolve("cli/target/app/lib")), link.toString());
    }

    static boolean hasFlock() {
        return Files.exists(Path.of("/usr/bin/flock")) || Files.exists(Path.of("/bin/flock"));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(temp.resolve("mvn.log"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = temp.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        script(home.resolve("bin/java"), """
                echo "openblas=<${OPENBLAS_CORETYPE:-}${OPENBLAS_L2_SIZE:-}>"
                for argument in "$@"; do printf '[%s]\\n' "$argument"; done
                echo "$0"
                exit ${EXIT:-0}
                """);
        script(home.resolve("bin/javac"), "exit 1\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String... args) throws Exception {
        return run(temp, project.resolve("lanes"), args);
    }

    private Result run(Path folder, Path launcher, String... args) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        int exitCode = builder(folder, launcher, args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private Process start(int i) throws IOException {
        return builder(temp, project.resolve("lanes"))
                .redirectOutput(temp.resolve("out" + i).toFile())
                .redirectError(temp.resolve("err" + i).toFile())
                .start();
    }

    private ProcessBuilder builder(Path folder, Path launcher, String... args) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
