package dev.lanes.numerics;

import java.util.Objects;

/**
 * A function of one number, applied to every element of a tensor by {@link ElementwiseOps#apply}, with its first and
 * second derivative.
 *
 * <p>A NaN gives a NaN, and the value at an infinity is the limit. Where a piecewise function has a kink, its derivative
 * there is that of the left side for the ReLU family and 0 for what is clamped; the derivatives of a piecewise function
 * are 0 at NaN. Immutable, safe for any thread; two functions of the same kind and parameters are equal.
 *
 * <pre>{@code
 * engine.elementwise().apply(UnaryFunction.GELU, x, y);
 * engine.elementwise().derivative(UnaryFunction.leakyRelu(0.01f), x, dy, dx); // dx = f'(x) * dy
 * }</pre>
 */
public final class UnaryFunction {
    /** What a function is, its parameters aside. */
    public enum Kind {
        /** {@code e^x}. Error of the vector kernel: at most 0.98 ulp, over all floats. */
        EXP("exp"),
        /** The natural logarithm; minus infinity at 0, NaN below. At most 0.85 ulp. */
        LOG("log"),
        /** The square root; NaN below 0. */
        SQRT("sqrt"),
        /** The error function, {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2)} from 0 to x. At most 0.99 ulp. */
        ERF("erf"),
        /** The hyperbolic tangent. At most 0.98 ulp. */
        TANH("tanh"),
        /** {@code 1 / (1 + e^-x)}. At most 0.98 ulp. */
        SIGMOID("sigmoid"),
        /** {@code max(x, 0)}. */
        RELU("relu"),
        /** {@code x > 0 ? 1 : 0}; its derivatives are 0. */
        STEP("step"),
        /** {@code x / 2 * (1 + erf(x / sqrt(2)))}: exact, not the form with tanh (Hendrycks and Gimpel, 2016). */
        GELU("gelu"),
        /** {@code x * sigmoid(x)}, also called swish (Ramachandran, Zoph and Le, 2017). */
        SILU("silu"),
        /** {@code log(1 + e^x)}, without overflow. */
        SOFTPLUS("softplus"),
        /** {@code clamp((x + 3) / 6, 0, 1)} (Howard and others, MobileNetV3, 2019). */
        HARD_SIGMOID("hardSigmoid"),
        /** {@code x * hardSigmoid(x)} (Howard and others, MobileNetV3, 2019). */
        HARD_SWISH("hardSwish"),
        /** {@code lambda * elu(x, alpha)} with the two constants of Klambauer and others (2017). */
        SELU("selu"),
        /** {@code x > 0 ? x : slope * x} (Maas, Hannun and Ng, 2013). */
        LEAKY_RELU("leakyRelu"),
        /** {@code x > 0 ? x : alpha * (e^x - 1)} (Clevert, Unterthiner and Hochreiter, 2015). */
        ELU("elu"),
        /** {@code min(max(x, low), high)}. */
        CLAMP("clamp");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Returns the name as operations and error messages spell it. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code e^x}. */
    public static final UnaryFunction EXP = of(Kind.EXP);
    /** The natural logarithm. */
    public static final UnaryFunction LOG = of(Kind.LOG);
    /** The square root. */
    public static final UnaryFunction SQRT = of(Kind.SQRT);
    /** The error function. */
    public static final UnaryFunction ERF = of(Kind.ERF);
    /** The hyperbolic tangent. */
    public static final UnaryFunction TANH = of(Kind.TANH);
    /** {@code 1 / (1 + e^-x)}. */
    public static final UnaryFunction SIGMOID = of(Kind.SIGMOID);
    /** {@code max(x, 0)}. */
    public static final UnaryFunction RELU = of(Kind.RELU);
    /** {@code x > 0 ? 1 : 0}. */
    public static final UnaryFunction STEP = of(Kind.STEP);
    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
    public static final UnaryFunction GELU = of(Kind.GELU);
    /** {@code x * sigmoid(x)}. */
    public static final UnaryFunction SILU = of(Kind.SILU);
    /** {@code log(1 + e^x)}. */
    public static final UnaryFunction SOFTPLUS = of(Kind.SOFTPLUS);
    /** {@code clamp((x + 3) / 6, 0, 1)}. */
    public static final UnaryFunction HARD_SIGMOID = of(Kind.HARD_SIGMOID);
    /** {@code x * clamp((x + 3) / 6, 0, 1)}. */
    public static final UnaryFunction HARD_SWISH = of(Kind.HARD_SWISH);
    /** {@code 1.0507 * elu(x, 1.6733)}. */
    public static final UnaryFunction SELU = of(Kind.SELU);

    private final Kind kind;
    private final float first;
    private final float second;

    private UnaryFunction(Kind kind, float first, float second) {
        this.kind = kind;
        this.first = first;
        this.second = second;
    }

    private static UnaryFunction of(Kind kind) {
        return new UnaryFunction(kind, 0f, 0f);
    }

    /** Returns {@code x > 0 ? x : slope * x}; throws {@link IllegalArgumentException} if the slope is not finite. */
    public static UnaryFunction leakyRelu(float slope) {
        return new UnaryFunction(Kind.LEAKY_RELU, finite("leakyRelu", "slope", slope), 0f);
    }

    /** Returns {@code x > 0 ? x : alpha * (e^x - 1)}; throws {@link IllegalArgumentException} if alpha is not finite. */
    public static UnaryFunction elu(float alpha) {
        return new UnaryFunction(Kind.ELU, finite("elu", "alpha", alpha), 0f);
    }

    /**
     * Returns {@code min(max(x, low), high)}; a bound may be infinite.
     *
     * @throws IllegalArgumentException unless {@code low <= high}
     */
    public static UnaryFunction clamp(float low, float high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: low must be at most high, not " + low + " and " + high);
        }
        return new UnaryFunction(Kind.CLAMP, low, high);
    }

    private static float finite(String function, String parameter, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(function + ": " + parameter + " must be finite, not " + value);
        }
        return value;
    }

    /** Returns what function it is. */
    public Kind kind() {
        return kind;
    }

    /** Returns the slope, alpha or the lower bound; 0 where there is no parameter. */
    public float first() {
        return first;
    }

    /** Returns the upper bound; 0 where there is no second parameter. */
    public float second() {
        return second;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnaryFunction function
                && kind == function.kind
                && Float.compare(first, function.first) == 0
                && Float.compare(second, function.second) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, first, second);
    }

    /** Returns the name and the parameters, as in {@code gelu} and {@code clamp(0.0, 6.0)}. */
    @Override
    public String toString() {
        return switch (kind) {
            case LEAKY_RELU, ELU -> kind + "(" + first + ")";
            case CLAMP -> kind + "(" + first + ", " + second + ")";
            default -> kind.toString();
        };
    }
}
