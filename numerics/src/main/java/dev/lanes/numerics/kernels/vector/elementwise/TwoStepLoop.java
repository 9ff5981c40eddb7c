package dev.lanes.numerics.kernels.vector.elementwise;

/**
 * A function of many operations in two loops over a block at a time, the second of which also takes what the first found.
 *
 * <p>The operations of such a function wait for one another, and a processor looks only so many of them ahead: some three
 * vectors' of a hyperbolic tangent. Two loops are two chains of half the length, of which it has twice as many in hand, so
 * that it waits half as long; the operations and their results are the same.
 */
final class TwoStepLoop extends LaneLoop {
    private final LaneLoop begin;
    private final LaneLoop end;
    private final int operands;

    /**
     * Puts two loops together.
     *
     * @param begin computes {@code s = f(a)}
     * @param end computes {@code y = g(a, s)} or {@code y = g(a, b, s)}
     * @param operands 1 or 2, of the function as a whole
     */
    TwoStepLoop(LaneLoop begin, LaneLoop end, int operands) {
        this.begin = begin;
        this.end = end;
        this.operands = operands;
    }

    @Override
    void whole(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            float[] y,
            int yAt,
            int length,
            float first,
            float second,
            float[] scratch) {
        for (int i = 0; i < length; i += BLOCK) {
            int count = Math.min(BLOCK, length - i);
            int at = aAt + i;
            begin.whole(a, at, a, at, a, at, scratch, STEP, count, first, second, scratch);
            if (operands == 1) {
                end.whole(a, at, scratch, STEP, a, at, y, yAt + i, count, first, second, scratch);
            } else {
                end.whole(a, at, b, bAt + i, scratch, STEP, y, yAt + i, count, first, second, scratch);
            }
        }
    }
}
