package dev.lanes.examples;

import java.util.Locale;

/** Gradient descent in a valley ten times as steep as it is long: too small a rate crawls, too large a one leaves. */
final class GradientDescentExample implements Example {
    @Override
    public void run(Page page) {
        page.say("f(x, y) = x^2 / 2 + 10 y^2 / 2, from (10, 1); stable while the rate is below 2 / 10");
        for (double rate : new double[] {0.01, 0.1, 0.18, 0.21}) {
            StringBuilder path = new StringBuilder();
            double x = 10;
            double y = 1;
            for (int step = 0; step <= 40; step++) {
                if (step % 10 == 0) {
                    path.append(String.format(Locale.ROOT, " %12.6f", (x * x + 10 * y * y) / 2));
                }
                x -= rate * x; // the gradient is (x, 10 y)
                y -= rate * 10 * y;
            }
            page.say("rate %.2f  f after 0, 10, ... 40 steps:%s", rate, path);
        }
    }
}
