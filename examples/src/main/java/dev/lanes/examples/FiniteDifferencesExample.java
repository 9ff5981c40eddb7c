package dev.lanes.examples;

import dev.lanes.layers.differentiation.FiniteDifferences;

/** Derivatives from values alone: the error falls with the step as long as the formula errs, then rounding takes over. */
final class FiniteDifferencesExample implements Example {
    @Override
    public void run(Page page) {
        double exact = StrictMath.cos(1);
        page.say("the derivative of sin at 1 is %.10f; error of the two formulas by step h:", exact);
        page.say("  h       (f(x + h) - f(x)) / h   (f(x + h) - f(x - h)) / 2h");
        for (int e = 1; e <= 13; e += 2) {
            double h = Math.pow(10, -e);
            double forward = (StrictMath.sin(1 + h) - StrictMath.sin(1)) / h;
            double central = FiniteDifferences.step(h).derivative(StrictMath::sin, 1);
            page.say("  1e-%02d   %.1e                 %.1e", e, Math.abs(forward - exact), Math.abs(central - exact));
        }
        double chosen = FiniteDifferences.central().derivative(StrictMath::sin, 1);
        page.say("with the step that the library chooses: %.1e", Math.abs(chosen - exact));
        double[] gradient = FiniteDifferences.central().gradient(x -> x[0] * x[0] * x[1], new double[] {3, 2});
        page.say("the gradient of x^2 y at (3, 2) costs two values a variable: (%.4f, %.4f)", gradient[0], gradient[1]);
    }
}
