package dev.lanes.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the house to its plan: {@code cli -> examples, formats -> layers -> numerics <- ffm-bindings}, and no way back. */
@Tag("once") // knows nothing of vectors
class DependencyTest {
    private static final String VECTOR = "jdk.incubator.vector.";
    private static final String VECTOR_KERNELS = "dev.lanes.numerics.kernels.vector";
    private static final long MAX_BYTES = 1_000_000;

    /** Nothing that is embedded opens a connection, reads serialised objects or reaches around the language. */
    private static final Set<String> FORBIDDEN =
            Set.of("java.net.", "java.io.ObjectInputStream", "java.io.ObjectOutputStream", "sun.misc.Unsafe");

    /** The modules that people embed, and what each may know. */
    enum Core {
        NUMERICS("numerics", Set.of(), Set.of("jdk.incubator.vector", "jdk.management"), Set.of()),
        FFM_BINDINGS("ffm-bindings", Set.of("dev.lanes.numerics"), Set.of(), Set.of("dev.lanes:lanes-numerics")),
        LAYERS("layers", Set.of("dev.lanes.numerics"), Set.of(), Set.of("dev.lanes:lanes-numerics"));

        private final String folder;
        private final Set<String> modules;
        private final Set<String> staticModules;
        private final Set<String> artifacts;

        Core(String folder, Set<String> modules, Set<String> staticModules, Set<String> artifacts) {
            this.folder = folder;
            this.modules = modules;
            this.staticModules = staticModules;
            this.artifacts = artifacts;
        }

        BuiltModule built() {
            return BuiltModule.named(folder);
        }
    }

    /** All modules that ship, and what of this project each may mention. */
    enum Direction {
        NUMERICS("numerics"),
        FFM_BINDINGS("ffm-bindings", "dev.lanes.numerics"),
        LAYERS("layers", "dev.lanes.numerics"),
        FORMATS("formats", "dev.lanes.layers", "dev.lanes.numerics"),
        EXAMPLES("examples", "dev.lanes.layers", "dev.lanes.numerics"),
        CLI("cli", "dev.lanes.examples", "dev.lanes.formats", "dev.lanes.layers", "dev.lanes.numerics");

        private final String folder;
        private final Set<String> below;

        Direction(String folder, String... below) {
            this.folder = folder;
            this.below = Set.of(below);
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_require_nothing_but_the_jdk_and_modules_below(Core core) throws IOException {
        var module = core.built().descriptor();

        assertEquals(List.of(), Violations.ofRequires(module, core.modules, core.staticModules));
    }

    @ParameterizedTest
    @EnumSource
    void should_declare_no_dependency_but_on_modules_below(Core core) throws IOException {
        assertEquals(core.artifacts, core.built().pomDependencies());
    }

    @Test
    void should_inherit_no_dependency_from_the_parent() throws IOException {
        var parent = BuiltModule.named("tests").folder().resolveSibling("pom.xml");
        try (InputStream in = Files.newInputStream(parent)) {
            assertEquals(Set.of(), PomDependencies.beyondTests(in));
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_mention_nothing_above(Direction direction) throws IOException {
        BuiltModule built = BuiltModule.named(direction.folder);
        List<String> violations = new ArrayList<>();
        List<ClassReferences> classes = built.references();
        for (ClassReferences c : classes) {
            Set<String> known = new HashSet<>(direction.below);
            known.add(built.descriptor().name());
            violations.addAll(Violations.ofDirection(c, known));
        }

        assertEquals(List.of(), violations);
    }

    @ParameterizedTest
    @EnumSource
    void should_not_touch_the_network_serialisation_or_unsafe(Core core) throws IOException {
        List<String> violations = new ArrayList<>();
        for (ClassReferences c : core.built().references()) {
            violations.addAll(Violations.ofForbidden(c, FORBIDDEN));
        }

        assertEquals(List.of(), violations);
    }

    @ParameterizedTest
    @EnumSource
    void should_show_users_no_incubating_and_no_foreign_type(Core core) throws IOException {
        BuiltModule built = core.built();
        List<String> violations = new ArrayList<>();
        for (ClassReferences c : built.references()) {
            violations.addAll(Violations.ofSignatures(c, built.descriptor(), Set.of(VECTOR, "java.lang.foreign.")));
        }

        assertEquals(List.of(), violations);
    }

    /** Elsewhere they would stop the rest from working where the vector module is absent. */
    @ParameterizedTest
    @EnumSource
    void should_use_the_vector_module_in_the_vector_kernels_only(Core core) throws IOException {
        List<String> violations = new ArrayList<>();
        for (ClassReferences c : core.built().references()) {
            if (!c.packageName().equals(VECTOR_KERNELS) && !c.packageName().startsWith(VECTOR_KERNELS + ".")) {
                violations.addAll(Violations.ofForbidden(c, Set.of(VECTOR)));
            }
        }

        assertEquals(List.of(), violations);
    }

    @ParameterizedTest
    @EnumSource
    void should_provide_the_same_services_with_and_without_modules(Direction direction) throws IOException {
        BuiltModule built = BuiltModule.named(direction.folder);

        assertEquals(List.of(), Violations.ofServices(built.descriptor(), built.serviceFiles()));
    }

    @Test
    void should_stay_small() throws IOException {
        long bytes = Core.NUMERICS.built().packedBytes() + Core.LAYERS.built().packedBytes();

        assertTrue(bytes <= MAX_BYTES, "numerics and layers pack to " + bytes + " bytes, allowed are " + MAX_BYTES);
    }

    /** The tests above mean nothing where there are no classes to look at. */
    @Test
    void should_have_looked_at_something() throws IOException {
        assertFalse(Core.NUMERICS.built().references().isEmpty());
        assertFalse(Core.FFM_BINDINGS.built().serviceFiles().isEmpty());
        assertFalse(Core.NUMERICS.built().descriptor().exports().isEmpty());
    }
}
