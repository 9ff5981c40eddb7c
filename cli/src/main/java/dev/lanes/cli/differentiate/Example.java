package dev.lanes.cli.differentiate;

import java.util.List;
import java.util.Locale;

/** The four examples of the textbook; names in lower case, as they are typed. */
enum Example {
    /** A function of one number. */
    COMPOSITION("cos(sin(x^2) + 3*x^2)", "x=0.5"),

    /** Logistic regression: the log-likelihood of an example with two features and the target s. */
    LOGISTIC(
            "a = w1*x1 + w2*x2; y = sigmoid(a); s*log(y) + (1 - s)*log(1 - y)",
            "s=1",
            "w1=0.3",
            "w2=-0.8",
            "x1=1",
            "x2=2"),

    /** A network of two layers, two units in each but the last. */
    NETWORK(
            "a1 = w11*x1 + w12*x2; a2 = w21*x1 + w22*x2; z1 = sigmoid(a1); z2 = sigmoid(a2);"
                    + " b = v1*z1 + v2*z2; y = sigmoid(b); s*log(y) + (1 - s)*log(1 - y)",
            "s=1",
            "x1=1",
            "x2=-0.5",
            "w11=0.2",
            "w12=-0.4",
            "w21=0.7",
            "w22=0.1",
            "v1=0.5",
            "v2=-1.1"),

    /**
     * A convolution of 2x2 over the image (1 2 0 / -1 1 2 / 0 1 -1), tanh, the mean of all and a logistic unit; then a
     * larger network, of tensors.
     */
    CNN(
            "a1 = k1 + 2*k2 - k3 + k4; a2 = 2*k1 + k3 + 2*k4; a3 = -k1 + k2 + k4; a4 = k1 + 2*k2 + k3 - k4;"
                    + " z1 = tanh(a1); z2 = tanh(a2); z3 = tanh(a3); z4 = tanh(a4);"
                    + " p = (z1 + z2 + z3 + z4)/4; y = sigmoid(v*p + c); log(y)",
            "k1=0.4",
            "k2=-0.3",
            "k3=0.2",
            "k4=0.1",
            "v=1.5",
            "c=-0.2");

    private final String formula;
    private final List<String> at;

    Example(String formula, String... at) {
        this.formula = formula;
        this.at = List.of(at);
    }

    String formula() {
        return formula;
    }

    List<String> at() {
        return at;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
