package dev.lanes.cli.differentiate;

import java.util.List;
import java.util.Locale;

/** The four examples of the textbook; names in lower case, as they are typed. */
enum Example {
    /** A function of one number. */
    COMPOSITION("cos(sin(x^2) + 3*x^2)", "x=0.5"),

    /** Logistic regression: the log-likelihood of an example with features 1 and 2 and the target s. */
    LOGISTIC("s*log(sigmoid(w0 + 2*w1)) + (1 - s)*log(1 - sigmoid(w0 + 2*w1))", "s=1", "w0=0.3", "w1=-0.8"),

    /** A network of two layers, with the inputs 1 and -0.5 and the target 1. */
    NETWORK(
            "log(sigmoid(b1*sigmoid(a11 - 0.5*a12) + b2*sigmoid(a21 - 0.5*a22)))",
            "a11=0.2",
            "a12=-0.4",
            "a21=0.7",
            "a22=0.1",
            "b1=0.5",
            "b2=-1.1"),

    /** A small convolutional network, which has no short formula. */
    CNN("");

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
