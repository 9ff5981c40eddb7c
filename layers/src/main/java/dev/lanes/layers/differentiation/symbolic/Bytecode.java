package dev.lanes.layers.differentiation.symbolic;

import dev.lanes.layers.differentiation.Elementary;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/** Translates the instructions of a {@link Program} into a class, so that the JVM compiles them as it does a method. */
final class Bytecode {
    /** Methods of more than 8000 bytes are never compiled; an instruction takes up to 14. */
    static final int MOST_OPERATIONS = 500;

    private static final ClassDesc DOUBLE = ConstantDescs.CD_double;
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc ELEMENTARY =
            Elementary.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc RUN =
            MethodTypeDesc.of(ConstantDescs.CD_void, DOUBLE.arrayType(), DOUBLE.arrayType());
    private static final MethodTypeDesc OF_ONE = MethodTypeDesc.of(DOUBLE, DOUBLE);
    private static final MethodTypeDesc OF_TWO = MethodTypeDesc.of(DOUBLE, DOUBLE, DOUBLE);
    private static final int AT = 1;
    private static final int VALUES = 2;
    private static final int FIRST_PLACE = 3;

    private Bytecode() {}

    /** Computes values of formulas. */
    interface Method {
        /** Overwrites the values; there are as many as formulas. */
        void run(double[] at, double[] values);
    }

    /**
     * @param variables how many places are variables
     * @param start what stands in the first places; constants behind the variables
     * @param code for each instruction, which writes the next place, its operation and the places of its operands
     * @param outputs the places of the values
     */
    static Method compile(int variables, double[] start, int[] code, int[] outputs) {
        ClassDesc name = ClassDesc.of(Bytecode.class.getPackageName(), "Compiled");
        byte[] bytes = ClassFile.of()
                .build(
                        name,
                        type -> type.withInterfaceSymbols(
                                        Method.class.describeConstable().orElseThrow())
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        init -> init.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run",
                                        RUN,
                                        ClassFile.ACC_PUBLIC,
                                        body -> write(body, variables, start, code, outputs)));
        try {
            return (Method) MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a class made for a formula cannot be used", e);
        }
    }

    private static void write(CodeBuilder body, int variables, double[] start, int[] code, int[] outputs) {
        for (int place = 0; place < start.length; place++) {
            if (place < variables) {
                body.aload(AT).loadConstant(place).daload();
            } else {
                body.loadConstant(start[place]);
            }
            body.dstore(slot(place));
        }
        for (int i = 0; i < code.length; i += 3) {
            operation(body, code[i], slot(code[i + 1]), slot(code[i + 2]));
            body.dstore(slot(start.length + i / 3));
        }
        for (int o = 0; o < outputs.length; o++) {
            body.aload(VALUES).loadConstant(o).dload(slot(outputs[o])).dastore();
        }
        body.return_();
    }

    private static void operation(CodeBuilder body, int operation, int a, int b) {
        if (operation > Program.NEGATE) {
            function(body, Program.FUNCTIONS[operation - Program.NEGATE - 1], a);
            return;
        }
        body.dload(a);
        if (operation == Program.NEGATE) {
            body.dneg();
            return;
        }
        body.dload(b);
        switch (Program.OPERATORS[operation]) {
            case PLUS -> body.dadd();
            case MINUS -> body.dsub();
            case TIMES -> body.dmul();
            case OVER -> body.ddiv();
            case POWER -> body.invokestatic(MATH, "pow", OF_TWO);
        }
    }

    private static void function(CodeBuilder body, Elementary f, int a) {
        if (f == Elementary.SIGMOID) {
            body.getstatic(ELEMENTARY, f.name(), ELEMENTARY).dload(a).invokevirtual(ELEMENTARY, "apply", OF_ONE);
        } else {
            body.dload(a).invokestatic(MATH, f.toString(), OF_ONE);
        }
    }

    private static int slot(int place) {
        return FIRST_PLACE + 2 * place;
    }
}
