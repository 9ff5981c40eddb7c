package dev.lanes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void should_refuse_what_makes_no_sense() {
        assertEquals(2, Main.run("kernels", "--threads", "0"));
        assertEquals(2, Main.run("kernels", "--shapes", "("));
        assertEquals(2, Main.run("kernels", "--shapes", "no such row"));
        assertEquals(2, Main.run("jmh", "-jvmArgs", "-Xmx1g"));
        assertEquals(2, Main.run("dance"));
    }

    @Test
    void should_explain_itself() {
        assertEquals(0, Main.run("--help"));
    }
}
