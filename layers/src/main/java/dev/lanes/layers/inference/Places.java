package dev.lanes.layers.inference;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which array each computed value lies in: a value takes the smallest free array that is large enough, else the largest,
 * which grows, else a new one; an array is free once the last call that reads its value has run.
 */
final class Places {
    private final Map<Value, Integer> placeOf = new IdentityHashMap<>();
    private final List<Integer> sizes = new ArrayList<>();

    /** Plans for calls in their order; first and last have arrays of their own. */
    Places(List<Stage> stages, Value first, Value last) {
        Map<Value, Integer> lastRead = new IdentityHashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            for (Value value : stages.get(i).reads()) {
                lastRead.put(value.source(), i);
            }
        }
        lastRead.put(first, Integer.MAX_VALUE);
        lastRead.put(last.source(), Integer.MAX_VALUE);
        placeOf.put(first, 0);
        sizes.add(first.shape().elements());
        List<Integer> free = new ArrayList<>();
        List<Value> live = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            int now = i;
            Value written = stages.get(i).writes();
            placeOf.put(written, take(free, written.shape().elements()));
            live.add(written);
            live.removeIf(value -> {
                boolean over = lastRead.getOrDefault(value, now) <= now;
                if (over) {
                    free.add(placeOf.get(value));
                }
                return over;
            });
        }
    }

    private int take(List<Integer> free, int length) {
        int best = -1;
        for (int place : free) {
            if (best < 0 || isBetter(sizes.get(place), sizes.get(best), length)) {
                best = place;
            }
        }
        if (best < 0) {
            sizes.add(length);
            return sizes.size() - 1;
        }
        free.remove(Integer.valueOf(best));
        sizes.set(best, Math.max(sizes.get(best), length));
        return best;
    }

    /** Prefers the smallest that is large enough, else the largest. */
    private static boolean isBetter(int size, int than, int length) {
        return than < length ? size > than : size >= length && size < than;
    }

    /** Returns new memory, one tensor a place. */
    List<Tensor> memory() {
        return sizes.stream().map(size -> Tensor.zeros(Shape.of(size))).toList();
    }

    /** Returns the place of a computed value. */
    int of(Value value) {
        return placeOf.get(value.source());
    }
}
