package dev.lanes.layers.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Examples to judge by once. Whoever looks at them again and chooses by what is seen has fitted to them, and their
 * accuracy promises too much; so the second time must be asked for by another name, and every time says what for.
 *
 * <pre>{@code
 * Score score = trainer.evaluate(split.test().open("the accuracy of the paper"));
 * split.test().open("another learning rate");        // throws: choose by the validation set
 * split.test().openAgain("the confusion matrix");    // stands in the code for everybody to see
 * split.test().uses();                               // both
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public final class HeldOut {
    private final Dataset data;
    private final List<String> uses = new ArrayList<>();

    /** Puts a data set away. */
    public HeldOut(Dataset data) {
        this.data = Objects.requireNonNull(data, "data");
    }

    /** Returns how many examples there are, which is no use of them. */
    public int size() {
        return data.size();
    }

    /**
     * Returns the examples for the first and usually only time.
     *
     * @param purpose what they are used for
     * @throws IllegalStateException if they have been used before
     */
    public synchronized Dataset open(String purpose) {
        if (!uses.isEmpty()) {
            throw new IllegalStateException("the test set of " + data.name() + " was used for \""
                    + String.join("\", \"", uses) + "\" already; choose by the validation set, or say openAgain(\""
                    + purpose + "\")");
        }
        return openAgain(purpose);
    }

    /** Returns the examples although they may have been used before. */
    public synchronized Dataset openAgain(String purpose) {
        uses.add(Objects.requireNonNull(purpose, "purpose"));
        return data;
    }

    /** Returns what the examples were used for so far, in order. */
    public synchronized List<String> uses() {
        return List.copyOf(uses);
    }

    /** Returns the examples without counting it, for the package's own checks. */
    Dataset data() {
        return data;
    }

    /** Returns the data set's name and size, and how often it was used. */
    @Override
    public synchronized String toString() {
        return data + ", used " + uses.size() + (uses.size() == 1 ? " time" : " times");
    }
}
