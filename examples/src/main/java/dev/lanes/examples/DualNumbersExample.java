package dev.lanes.examples;

import dev.lanes.layers.differentiation.Dual;
import dev.lanes.layers.differentiation.Elementary;

/** Forward mode: a number that carries its rate of change through every operation. */
final class DualNumbersExample implements Example {
    @Override
    public void run(Page page) {
        Dual x = Dual.variable(2);
        Dual a = x.times(x);
        Dual b = a.apply(Elementary.SIN);
        Dual y = b.plus(a.times(Dual.of(3)));
        page.say("y = sin(x^2) + 3 x^2 at x = 2, value and derivative of every step:");
        page.say("  x       = %9.6f %9.6f", x.value(), x.tangent());
        page.say("  x^2     = %9.6f %9.6f", a.value(), a.tangent());
        page.say("  sin     = %9.6f %9.6f", b.value(), b.tangent());
        page.say("  y       = %9.6f %9.6f", y.value(), y.tangent());
        page.say("  by hand             %9.6f", 4 * Math.cos(4) + 12);
        Dual u = Dual.variable(3);
        Dual v = Dual.of(5);
        page.say(
                "u v with only u changing: %.0f, rate %.0f = v",
                u.times(v).value(), u.times(v).tangent());
    }
}
