package dev.lanes.numerics.geometry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts that the one-line text forms of the geometries share: writing pairs, and reading back the window. */
final class GeometryText {
    /** The window as a regular expression with the named groups that {@link #window} reads. */
    static final String WINDOW = " k(?<kH>\\d+)x(?<kW>\\d+) s(?<sH>\\d+)(?:x(?<sW>\\d+))?"
            + " p(?:(?<pT>\\d+),(?<pB>\\d+),(?<pL>\\d+),(?<pR>\\d+)|(?<pH>\\d+)(?:x(?<pW>\\d+))?)"
            + " d(?<dH>\\d+)(?:x(?<dW>\\d+))?";

    private GeometryText() {}

    static String pair(int height, int width) {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }

    /** Matches the whole text or throws, naming the form that was expected. */
    static Matcher match(Pattern pattern, String text, String example) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("geometry \"" + text + "\" is not of the form \"" + example + "\"");
        }
        return matcher;
    }

    static Window2d window(Matcher matcher) {
        int sH = number(matcher, "sH");
        int dH = number(matcher, "dH");
        Window2d window = Window2d.of(number(matcher, "kH"), number(matcher, "kW"))
                .stride(sH, number(matcher, "sW", sH))
                .dilation(dH, number(matcher, "dW", dH));
        if (matcher.group("pT") != null) {
            return window.padding(
                    number(matcher, "pT"), number(matcher, "pB"), number(matcher, "pL"), number(matcher, "pR"));
        }
        int pH = number(matcher, "pH");
        int pW = number(matcher, "pW", pH);
        return window.padding(pH, pH, pW, pW);
    }

    static int number(Matcher matcher, String group) {
        try {
            return Integer.parseInt(matcher.group(group));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "geometry \"" + matcher.group() + "\": " + matcher.group(group) + " is too large", e);
        }
    }

    private static int number(Matcher matcher, String group, int absent) {
        return matcher.group(group) == null ? absent : number(matcher, group);
    }
}
