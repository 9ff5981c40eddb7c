package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/**
 * Arrays that are lent and given back: gradients of intermediate values and scratch, which live only until the next few
 * ops have read them.
 *
 * <p>A request gets the smallest free array that is large enough, the oldest of equals; if none is, a new one takes the
 * place of the largest free one, so there are never more arrays than were once in use together. The choice depends on
 * nothing but the requests, so steady use allocates nothing.
 */
final class Buffers {
    private Tensor[] tensors = {};
    private boolean[] lent = new boolean[0];

    /** Lends a tensor with arbitrary values; {@code last} is returned if it is what would be made anew. */
    Tensor take(Shape shape, Tensor last) {
        Tensor whole = take(shape.elements());
        boolean asBefore =
                last != null && last.array() == whole.array() && last.shape().equals(shape);
        Tensor tensor = asBefore ? last : Tensor.wrap(whole.array(), whole.offset(), shape);
        assert poison(tensor);
        return tensor;
    }

    private Tensor take(int length) {
        int best = -1;
        int largest = -1;
        for (int i = 0; i < tensors.length; i++) {
            if (!lent[i]) {
                if (tensors[i].elements() >= length && (best < 0 || tensors[i].elements() < tensors[best].elements())) {
                    best = i;
                }
                if (largest < 0 || tensors[i].elements() > tensors[largest].elements()) {
                    largest = i;
                }
            }
        }
        if (best < 0) {
            best = largest < 0 ? grow() : largest;
            tensors[best] = Tensor.zeros(length);
        }
        lent[best] = true;
        return tensors[best];
    }

    private int grow() {
        int at = tensors.length;
        tensors = Arrays.copyOf(tensors, at + 1);
        lent = Arrays.copyOf(lent, at + 1);
        return at;
    }

    /** Takes back an array that was lent. */
    void give(Tensor tensor) {
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i].array() == tensor.array()) {
                lent[i] = false;
                return;
            }
        }
        throw new AssertionError("not a lent array: " + tensor.shape());
    }

    /** Takes back everything. */
    void giveAll() {
        Arrays.fill(lent, false);
    }

    /** Returns a tensor of a shape with arbitrary values, on the array of an old one if it is large enough. */
    static Tensor fit(Tensor old, Shape shape) {
        Tensor tensor = old;
        if (old == null || old.array().length - old.offset() < shape.elements()) {
            tensor = Tensor.zeros(shape);
        } else if (!old.shape().equals(shape)) {
            tensor = Tensor.wrap(old.array(), old.offset(), shape);
        }
        assert poison(tensor);
        return tensor;
    }

    /** Where assertions are on, makes it show when an op reads what it was to overwrite, or leaves a part unwritten. */
    static boolean poison(Tensor tensor) {
        tensor.fill(Float.NaN);
        return true;
    }
}
