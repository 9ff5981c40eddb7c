package dev.lanes.tests.kit;

/**
 * What stands in an output before a kernel runs. Of two runs with the two fills the results must have the same bits;
 * else an element was left unwritten, or what stood there was read.
 */
enum Poison {
    /** A NaN, which spoils whatever it is added to. */
    NAN(0x7fd1_5ea5, 0x7ffa_15ea_515e_a515L, Integer.MIN_VALUE),
    /** A number so large that nothing ordinary shows beside it. */
    HUGE(Float.floatToIntBits(-1.23456e33f), Double.doubleToLongBits(-1.23456e250), 0x5a5a_5a5a);

    /** The bits of every poisoned float. */
    final int floatBits;
    /** The bits of every poisoned double. */
    final long doubleBits;
    /** Every poisoned int. */
    final int value;

    Poison(int floatBits, long doubleBits, int value) {
        this.floatBits = floatBits;
        this.doubleBits = doubleBits;
        this.value = value;
    }
}
