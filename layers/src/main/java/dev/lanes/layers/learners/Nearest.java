package dev.lanes.layers.learners;

/** The k smallest of the values offered, in order, each with its index; of equal values the one offered first. */
final class Nearest {
    private final double[] values;
    private final int[] indices;
    private int size;

    Nearest(int k) {
        values = new double[k];
        indices = new int[k];
    }

    void clear() {
        size = 0;
    }

    void offer(double value, int index) {
        int at = size;
        if (size < values.length) {
            size++;
        } else if (value < values[size - 1]) {
            at = size - 1;
        } else {
            return;
        }
        for (; at > 0 && value < values[at - 1]; at--) {
            values[at] = values[at - 1];
            indices[at] = indices[at - 1];
        }
        values[at] = value;
        indices[at] = index;
    }

    /** Returns the largest that is held. */
    double worst() {
        return values[size - 1];
    }

    void copyTo(int[] toIndices, double[] toValues, int at) {
        System.arraycopy(indices, 0, toIndices, at, size);
        System.arraycopy(values, 0, toValues, at, size);
    }
}
