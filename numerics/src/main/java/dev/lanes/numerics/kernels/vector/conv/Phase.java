package dev.lanes.numerics.kernels.vector.conv;

/**
 * Along one axis, the pixels {@code first, first + stride, ...} of an image: which taps of the window reach them, and the
 * convolution of stride 1 over the outputs that sums these.
 *
 * @param first the first pixel
 * @param count how many pixels there are
 * @param taps how many taps reach them; 0 if none does
 * @param lastTap the largest of these, which the turned window begins with
 * @param tapStep distance between taps
 * @param dilation distance between the outputs that neighbouring taps read
 * @param padBefore zeros before the outputs, {@code padAfter} behind them
 * @param skip results before the one for the first pixel, because the outputs begin before what it sees
 */
record Phase(
        int first, int count, int taps, int lastTap, int tapStep, int dilation, int padBefore, int padAfter, int skip) {

    /** Returns the phase that begins at pixel {@code first}, below the stride, of an image of {@code in}. */
    static Phase of(int first, int in, int out, int k, int stride, int dilation, int pad) {
        int divisor = divisor(stride, dilation);
        int tapStep = stride / divisor;
        int count = Math.ceilDiv(in - first, stride);
        int start = first + pad;
        int tap = 0;
        while (tap < Math.min(k, tapStep) && Math.floorMod(start - (long) tap * dilation, stride) != 0) {
            tap++;
        }
        if (tap >= Math.min(k, tapStep)) {
            return new Phase(first, count, 0, 0, tapStep, 1, 0, 0, 0);
        }
        int taps = (k - 1 - tap) / tapStep + 1;
        int lastTap = tap + (taps - 1) * tapStep;
        int reach = (taps - 1) * (dilation / divisor);
        int from = Math.floorDiv(start - lastTap * dilation, stride);
        int padAfter = Math.max(0, from + count - 1 + reach - (out - 1));
        int spacing = taps == 1 ? 1 : dilation / divisor;
        return new Phase(
                first, count, taps, lastTap, tapStep, spacing, Math.max(0, -from), padAfter, Math.max(0, from));
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    /** Returns the i-th tap of the turned window. */
    int tap(int i) {
        return lastTap - i * tapStep;
    }
}
