package dev.lanes.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows, on made-up modules, classes and POMs, that each rule can be broken and that the breach is seen. */
@Tag("once") // knows nothing of vectors
class ViolationsTest {
    private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final Set<String> HIDDEN = Set.of("jdk.incubator.vector.", "java.lang.foreign.");
    private static final ModuleDescriptor EXPORTING = ModuleDescriptor.newModule("m")
            .exports("p")
            .packages(Set.of("p", "q"))
            .build();

    @Test
    void should_see_a_module_that_requires_too_much() {
        var module = ModuleDescriptor.newModule("m")
                .requires("java.base")
                .requires("java.logging")
                .requires("dev.lanes.numerics")
                .requires(Set.of(Requires.Modifier.STATIC), "jdk.incubator.vector")
                .build();

        assertEquals(
                List.of("m requires java.logging"),
                Violations.ofRequires(module, Set.of("dev.lanes.numerics"), Set.of("jdk.incubator.vector")));
    }

    @Test
    void should_see_a_module_that_cannot_do_without_what_should_be_optional() {
        var module =
                ModuleDescriptor.newModule("m").requires("jdk.incubator.vector").build();

        assertEquals(
                List.of("m requires jdk.incubator.vector"),
                Violations.ofRequires(module, Set.of(), Set.of("jdk.incubator.vector")));
    }

    @Test
    void should_see_a_call_upward() {
        var references = publicClass(
                "dev.lanes.numerics.A",
                b -> b.withMethodBody(
                        "f",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PRIVATE,
                        code -> code.invokestatic(ClassDesc.of("dev.lanes.layers.Layer"), "of", ConstantDescs.MTD_void)
                                .return_()));

        assertEquals(
                List.of("dev.lanes.numerics.A mentions dev.lanes.layers.Layer"),
                Violations.ofDirection(references, Set.of("dev.lanes.numerics")));
        assertEquals(List.of(), Violations.ofDirection(references, Set.of("dev.lanes.numerics", "dev.lanes.layers")));
    }

    @Test
    void should_not_take_a_module_for_another_whose_name_begins_alike() {
        var references =
                publicClass("dev.lanes.numerics.A", b -> b.withSuperclass(ClassDesc.of("dev.lanes.numerics2.B")));

        assertEquals(
                List.of("dev.lanes.numerics.A mentions dev.lanes.numerics2.B"),
                Violations.ofDirection(references, Set.of("dev.lanes.numerics")));
    }

    @Test
    void should_see_the_network_in_a_private_field_and_an_array() {
        var field = publicClass("p.A", b -> b.withField("f", ClassDesc.of("java.net.URI"), ClassFile.ACC_PRIVATE));
        var array = publicClass(
                "p.B", b -> b.withField("f", ClassDesc.of("java.net.Socket").arrayType(2), ClassFile.ACC_PRIVATE));

        assertEquals(List.of("p.A mentions java.net.URI"), Violations.ofForbidden(field, Set.of("java.net.")));
        assertEquals(List.of("p.B mentions java.net.Socket"), Violations.ofForbidden(array, Set.of("java.net.")));
    }

    @Test
    void should_see_serialisation_and_unsafe_by_their_full_names_only() {
        Set<String> forbidden = Set.of("java.io.ObjectInputStream", "sun.misc.Unsafe");
        var references = publicClass(
                "p.A",
                b -> b.withMethodBody(
                        "f",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PRIVATE,
                        code -> code.new_(ClassDesc.of("java.io.ObjectInputStream"))
                                .loadConstant(ClassDesc.of("sun.misc.Unsafe"))
                                .loadConstant(ClassDesc.of("java.io.ObjectInputStreamFilter"))
                                .loadConstant("sun/misc/Unsafe sun.misc.Unsafe")
                                .return_()));

        assertEquals(
                List.of("p.A mentions java.io.ObjectInputStream", "p.A mentions sun.misc.Unsafe"),
                Violations.ofForbidden(references, forbidden));
    }

    @Test
    void should_not_take_a_string_for_a_class() {
        var references = publicClass(
                "p.A",
                b -> b.withMethodBody(
                        "f",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PRIVATE,
                        code -> code.loadConstant("Ljava/net/URI;").return_()));

        assertEquals(List.of(), Violations.ofForbidden(references, Set.of("java.net.")));
    }

    @Test
    void should_see_a_hidden_type_in_every_part_of_what_users_see() {
        assertShown(SPECIES, b -> b.withField("f", SPECIES, ClassFile.ACC_PROTECTED));
        assertShown(SEGMENT, b -> b.withMethod("f", MethodTypeDesc.of(SEGMENT), ClassFile.ACC_PUBLIC, m -> {}));
        assertShown(
                SEGMENT,
                b -> b.withMethod(
                        "f", MethodTypeDesc.of(ConstantDescs.CD_void, SEGMENT), ClassFile.ACC_PUBLIC, m -> {}));
        assertShown(SPECIES, b -> b.withSuperclass(SPECIES));
        assertShown(SPECIES, b -> b.withInterfaceSymbols(SPECIES));
        assertShown(
                SPECIES,
                b -> b.withMethod(
                        "f",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        m -> m.with(ExceptionsAttribute.ofSymbols(SPECIES))));
        assertShown(
                SPECIES,
                b -> b.withField(
                        "f",
                        ClassDesc.of("java.util.List"),
                        f -> f.withFlags(ClassFile.ACC_PUBLIC)
                                .with(SignatureAttribute.of(Signature.parseFrom("Ljava/util/List<-L"
                                        + SPECIES.descriptorString().substring(1) + ">;")))));
    }

    @Test
    void should_let_the_inside_of_a_module_use_hidden_types() {
        Consumer<ClassBuilder> shows = b -> b.withField("f", SPECIES, ClassFile.ACC_PUBLIC);
        var privateMember = publicClass("p.A", b -> b.withField("f", SPECIES, ClassFile.ACC_PRIVATE));
        var notPublic = references("p.A", 0, shows);
        var notExported = publicClass("q.A", shows);

        for (var references : List.of(privateMember, notPublic, notExported)) {
            assertTrue(references.all().contains("jdk.incubator.vector.VectorSpecies"));
            assertEquals(List.of(), Violations.ofSignatures(references, EXPORTING, HIDDEN));
        }
    }

    @Test
    void should_see_services_that_only_modules_or_only_class_paths_know() {
        var module = ModuleDescriptor.newModule("m")
                .provides("s.S", List.of("p.A"))
                .packages(Set.of("p"))
                .build();

        assertEquals(List.of(), Violations.ofServices(module, Map.of("s.S", List.of("p.A"))));
        assertEquals(
                List.of("m provides s.S with [p.A] as a module, with [] on the class path"),
                Violations.ofServices(module, Map.of()));
        assertEquals(
                List.of("m provides s.S with [p.A] as a module, with [p.B] on the class path"),
                Violations.ofServices(module, Map.of("s.S", List.of("p.B"))));
        assertFalse(Violations.ofServices(module, Map.of("s.S", List.of("p.A"), "s.T", List.of("p.A")))
                .isEmpty());
    }

    @Test
    void should_find_the_dependencies_of_a_pom_and_its_profiles_but_those_of_tests() throws IOException {
        String pom = """
                <project>
                  <dependencyManagement><dependencies>%1$s<artifactId>managed</artifactId></dependency></dependencies></dependencyManagement>
                  <dependencies>
                    %1$s<artifactId>compile</artifactId></dependency>
                    %1$s<artifactId>provided</artifactId><scope>provided</scope></dependency>
                    %1$s<artifactId>test</artifactId><scope> test </scope></dependency>
                  </dependencies>
                  <build><plugins><plugin><dependencies>%1$s<artifactId>of-plugin</artifactId></dependency></dependencies></plugin></plugins></build>
                  <profiles><profile><dependencies>%1$s<artifactId>of-profile</artifactId></dependency></dependencies></profile></profiles>
                </project>
                """.formatted("<dependency><groupId>g</groupId>");

        assertEquals(
                Set.of("g:compile", "g:provided", "g:of-profile"),
                PomDependencies.beyondTests(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8))));
    }

    private static void assertShown(ClassDesc type, Consumer<ClassBuilder> content) {
        String name = type.packageName() + "." + type.displayName();
        assertEquals(
                List.of("p.A shows " + name), Violations.ofSignatures(publicClass("p.A", content), EXPORTING, HIDDEN));
    }

    private static ClassReferences publicClass(String name, Consumer<ClassBuilder> content) {
        return references(name, ClassFile.ACC_PUBLIC, content);
    }

    private static ClassReferences references(String name, int flags, Consumer<ClassBuilder> content) {
        return ClassReferences.of(ClassFile.of().build(ClassDesc.of(name), b -> {
            b.withFlags(flags | ClassFile.ACC_ABSTRACT);
            content.accept(b);
        }));
    }
}
