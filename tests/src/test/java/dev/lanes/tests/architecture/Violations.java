package dev.lanes.tests.architecture;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules about who may know whom; each returns what breaks it, one line a breach. */
final class Violations {
    private static final String OURS = "dev.lanes.";

    private Violations() {}

    /** A module requires nothing but {@code allowed}; and what is allowed only as static, only so. */
    static List<String> ofRequires(ModuleDescriptor module, Set<String> allowed, Set<String> allowedStatic) {
        return module.requires().stream()
                .filter(r -> !r.name().equals("java.base"))
                .filter(r -> !allowed.contains(r.name()))
                .filter(r -> !(allowedStatic.contains(r.name()) && r.modifiers().contains(Requires.Modifier.STATIC)))
                .map(r -> module.name() + " requires " + r.name())
                .sorted()
                .toList();
    }

    /** Of the packages of this project, a class mentions only those of its own module and of modules below. */
    static List<String> ofDirection(ClassReferences references, Set<String> modules) {
        return references.all().stream()
                .filter(name -> name.startsWith(OURS))
                .filter(name -> modules.stream().noneMatch(module -> name.startsWith(module + ".")))
                .map(name -> references.name() + " mentions " + name)
                .toList();
    }

    /** A class mentions none of the classes and packages (ending in a dot) that are forbidden. */
    static List<String> ofForbidden(ClassReferences references, Collection<String> forbidden) {
        return references.all().stream()
                .filter(name -> forbidden.stream().anyMatch(f -> f.endsWith(".") ? name.startsWith(f) : name.equals(f)))
                .map(name -> references.name() + " mentions " + name)
                .toList();
    }

    /** What users of a module see of a class does not mention the packages (ending in a dot). */
    static List<String> ofSignatures(ClassReferences references, ModuleDescriptor module, Collection<String> packages) {
        boolean exported = module.exports().stream().anyMatch(e -> e.source().equals(references.packageName()));
        if (!exported) {
            return List.of();
        }
        return references.inPublicSignatures().stream()
                .filter(name -> packages.stream().anyMatch(name::startsWith))
                .map(name -> references.name() + " shows " + name)
                .toList();
    }

    /**
     * The services of the module path and those of the class path are the same.
     *
     * @param files the providers that the files under META-INF/services name, by service
     */
    static List<String> ofServices(ModuleDescriptor module, Map<String, List<String>> files) {
        Map<String, List<String>> provided = new TreeMap<>();
        module.provides().forEach(p -> provided.put(p.service(), p.providers()));
        var services = new HashSet<>(provided.keySet());
        services.addAll(files.keySet());
        List<String> violations = new ArrayList<>();
        for (String service : services) {
            List<String> inModule = provided.getOrDefault(service, List.of());
            List<String> inFile = files.getOrDefault(service, List.of());
            if (!inModule.equals(inFile)) {
                violations.add(module.name() + " provides " + service + " with " + inModule + " as a module, with "
                        + inFile + " on the class path");
            }
        }
        return violations;
    }
}
