package dev.lanes.numerics.kernels.vector.elementwise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.util.function.Predicate;

/**
 * Puts the code of static methods of this package where they are called, and of what these call in turn, so that a loop
 * and its function become one method. They must be straight: without branches, loops and handlers.
 */
final class Flattening {
    private static final String PACKAGE = Flattening.class.getPackageName().replace('.', '/') + "/";

    /** The method of a pattern that holds the loop, over whole vectors. */
    private static final String LOOP = "whole";

    /** Bytes of a method that C2 inlines at most, where the call is hot (its {@code FreqInlineSize}). */
    private static final int INLINED = 325;

    private Flattening() {}

    /**
     * Returns an object of a hidden class that is a pattern with a function in its method {@code whole}.
     *
     * @param type what the pattern is a kind of
     */
    static <T> T instance(Class<T> type, Class<? extends T> pattern, String place, Class<?> holder, String function) {
        byte[] code = of(pattern, LOOP, place, holder, function);
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(code, true);
            return type.cast(made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (Throwable e) {
            throw new IllegalStateException("no loop for " + holder.getSimpleName() + "." + function, e);
        }
    }

    /**
     * Returns the class file of a pattern in which the call of its own method {@code place} has become the function.
     * Arguments are matched by type: the function's first float takes the first float that {@code place} is given.
     */
    static byte[] of(Class<?> pattern, String method, String place, Class<?> holder, String function) {
        ClassModel model = parse(internalName(pattern));
        MethodModel loop =
                method(model, "no method " + method, m -> m.methodName().equalsString(method));
        MethodModel target = method(
                parse(internalName(holder)),
                "no method " + function,
                m -> m.methodName().equalsString(function) && m.flags().has(AccessFlag.STATIC));
        int free = locals(loop);
        return ClassFile.of()
                .transformClass(model, ClassTransform.transformingMethodBodies(m -> m == loop, (builder, element) -> {
                    if (element instanceof InvokeInstruction call && call.name().equalsString(place)) {
                        apart(builder);
                        bind(builder, call.typeSymbol(), target.methodTypeSymbol(), free);
                        body(builder, target, free);
                    } else {
                        builder.with(element);
                    }
                }));
    }

    /**
     * Makes the method too long to be inlined, at no cost once it is compiled: a loop that becomes part of its callers is
     * there once for each of their calls, together more than C2 inlines vector operations into, and was compiled well or
     * badly as chance would have it.
     */
    private static void apart(CodeBuilder builder) {
        for (int i = 0; i <= INLINED; i++) {
            builder.nop();
        }
    }

    /** Takes the arguments off the stack, and loads those that the target wants into its first local variables. */
    private static void bind(CodeBuilder builder, MethodTypeDesc given, MethodTypeDesc wanted, int base) {
        int count = given.parameterCount();
        int spare = base + wanted.parameterCount();
        for (int i = count - 1; i >= 0; i--) {
            builder.storeLocal(TypeKind.from(given.parameterType(i)), spare + i);
        }
        int next = 0;
        for (int i = 0; i < wanted.parameterCount(); i++) {
            ClassDesc type = wanted.parameterType(i);
            if (i > 0 && !type.equals(wanted.parameterType(i - 1))) {
                next = 0;
            }
            int from = 0;
            for (int skip = next++; from < count; from++) {
                if (given.parameterType(from).equals(type) && skip-- == 0) {
                    break;
                }
            }
            if (from == count) {
                throw new IllegalArgumentException("a function of lanes cannot take " + wanted.displayDescriptor());
            }
            TypeKind kind = TypeKind.from(type);
            builder.loadLocal(kind, spare + from).storeLocal(kind, base + i);
        }
    }

    /** Appends the code of a method whose arguments are in the local variables from base on; leaves its result. */
    private static void body(CodeBuilder builder, MethodModel method, int base) {
        CodeModel code = method.code().orElseThrow();
        if (!code.exceptionHandlers().isEmpty()) {
            throw crooked(method);
        }
        for (CodeElement element : code) {
            switch (element) {
                case LoadInstruction load -> builder.loadLocal(load.typeKind(), base + load.slot());
                case StoreInstruction store -> builder.storeLocal(store.typeKind(), base + store.slot());
                case InvokeInstruction call
                when isOurs(call) -> {
                    MethodModel callee = method(
                            parse(call.owner().asInternalName()),
                            "no method " + call.name(),
                            m -> m.methodName().equals(call.name())
                                    && m.methodType().equals(call.type()));
                    int inner = base + locals(method);
                    MethodTypeDesc type = call.typeSymbol();
                    for (int i = type.parameterCount() - 1; i >= 0; i--) {
                        builder.storeLocal(TypeKind.from(type.parameterType(i)), inner + i);
                    }
                    body(builder, callee, inner);
                }
                case BranchInstruction branch -> throw crooked(method);
                case LookupSwitchInstruction choice -> throw crooked(method);
                case TableSwitchInstruction choice -> throw crooked(method);
                case IncrementInstruction increment -> throw crooked(method);
                case ReturnInstruction end -> {} // the last instruction: the result stays on the stack
                case PseudoInstruction mark -> {} // lines and labels of another method
                default -> builder.with(element);
            }
        }
    }

    private static boolean isOurs(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                && call.owner().asInternalName().startsWith(PACKAGE);
    }

    private static IllegalArgumentException crooked(MethodModel method) {
        return new IllegalArgumentException(method.methodName().stringValue() + " has branches or handlers");
    }

    /** Returns the number of local variables; the methods of this package have none of two slots. */
    private static int locals(MethodModel method) {
        return ((CodeAttribute) method.code().orElseThrow()).maxLocals();
    }

    private static MethodModel method(ClassModel model, String what, Predicate<MethodModel> which) {
        return model.methods().stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        what + " in " + model.thisClass().asInternalName().substring(PACKAGE.length())));
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static ClassModel parse(String internalName) {
        String file = internalName.substring(internalName.lastIndexOf('/') + 1) + ".class";
        try (InputStream code = Flattening.class.getResourceAsStream(file)) {
            return ClassFile.of().parse(code.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the class file " + file + " cannot be read", e);
        }
    }
}
