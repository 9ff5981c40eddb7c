package dev.lanes.tests.architecture;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes that one class file mentions, by name with dots.
 *
 * <p>Read from the class file, not from the source: there nothing hides behind an import, a {@code var} or a lambda.
 * Names in string literals are not mentions.
 */
record ClassReferences(String name, boolean isPublic, Set<String> all, Set<String> inPublicSignatures) {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<>:()]+)");

    static ClassReferences of(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        Set<String> all = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry e -> addName(e.asInternalName(), all);
                case NameAndTypeEntry e -> addDescriptor(e.type().stringValue(), all);
                case MethodTypeEntry e -> addDescriptor(e.descriptor().stringValue(), all);
                default -> {}
            }
        }
        Set<String> visible = new TreeSet<>();
        addClassSignature(model, visible);
        for (FieldModel field : model.fields()) {
            addField(field, all);
            if (isVisible(field.flags().flags())) {
                addField(field, visible);
            }
        }
        for (MethodModel method : model.methods()) {
            addMethod(method, all);
            if (isVisible(method.flags().flags())) {
                addMethod(method, visible);
            }
        }
        all.addAll(visible);
        boolean isPublic = model.flags().has(AccessFlag.PUBLIC);
        return new ClassReferences(
                dotted(model.thisClass().asInternalName()), isPublic, all, isPublic ? visible : Set.of());
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static boolean isVisible(Set<AccessFlag> flags) {
        return flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED);
    }

    private static void addClassSignature(ClassModel model, Set<String> names) {
        model.superclass().ifPresent(s -> addName(s.asInternalName(), names));
        model.interfaces().forEach(i -> addName(i.asInternalName(), names));
        model.findAttribute(Attributes.signature())
                .ifPresent(s -> addDescriptor(s.signature().stringValue(), names));
        model.findAttribute(Attributes.permittedSubclasses())
                .ifPresent(p -> p.permittedSubclasses().forEach(c -> addName(c.asInternalName(), names)));
    }

    private static void addField(FieldModel field, Set<String> names) {
        addDescriptor(field.fieldType().stringValue(), names);
        field.findAttribute(Attributes.signature())
                .ifPresent(s -> addDescriptor(s.signature().stringValue(), names));
    }

    private static void addMethod(MethodModel method, Set<String> names) {
        addDescriptor(method.methodType().stringValue(), names);
        method.findAttribute(Attributes.signature())
                .ifPresent(s -> addDescriptor(s.signature().stringValue(), names));
        method.findAttribute(Attributes.exceptions())
                .ifPresent(e -> e.exceptions().forEach(c -> addName(c.asInternalName(), names)));
    }

    /** A class constant is a name, or the descriptor of an array. */
    private static void addName(String internalName, Set<String> names) {
        if (internalName.startsWith("[")) {
            addDescriptor(internalName, names);
        } else {
            names.add(dotted(internalName));
        }
    }

    private static void addDescriptor(String descriptor, Set<String> names) {
        IN_DESCRIPTOR.matcher(descriptor).results().forEach(r -> names.add(dotted(r.group(1))));
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
