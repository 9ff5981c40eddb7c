package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.ShapeMismatchException;

/**
 * A data set in three parts that share no example.
 *
 * <p>Stratified splits give every part the same proportions of classes. Of a class with {@code n} examples a part gets
 * {@code round(n * fraction)}, training what is left; but a part that is wanted at all (its fraction is above zero)
 * gets at least one example of every class that occurs, and so does training. Each part is in random order, which
 * depends on the labels and the seed alone, on every machine and JDK.
 *
 * <pre>{@code
 * Split split = Split.stratified(digits, 0.1, 0.1, 42);   // 80 % training, 10 % validation, 10 % test
 * }</pre>
 *
 * @param train the examples to learn from
 * @param validation the examples to choose by: when to stop, which settings to keep; may be empty
 * @param test the examples to judge by, once; may be empty; opened where it is used, see {@link HeldOut}
 */
public record Split(Dataset train, Dataset validation, HeldOut test) {
    /** Keeps these random numbers apart from others under the same seed. */
    private static final long FOR_SPLIT = 3;

    /**
     * @throws ShapeMismatchException if images differ in shape
     * @throws IllegalArgumentException if classes differ
     */
    public Split {
        TrainTest.requireSameKind(train, validation);
        TrainTest.requireSameKind(train, test.data());
    }

    /**
     * Makes a split of three data sets.
     *
     * @throws ShapeMismatchException if images differ in shape
     * @throws IllegalArgumentException if classes differ
     */
    public Split(Dataset train, Dataset validation, Dataset test) {
        this(train, validation, new HeldOut(test));
    }

    /**
     * Splits a data set in three; every part has images of its own.
     *
     * @param validationFraction the part to choose by, 0 up to but not including 1
     * @param testFraction the part to judge by, 0 up to but not including 1
     * @throws IllegalArgumentException if a fraction is out of range, nothing is left to train on, or a class that
     *     occurs has fewer examples than there are parts
     */
    public static Split stratified(Dataset data, double validationFraction, double testFraction, long seed) {
        requireFraction("validation", validationFraction);
        requireFraction("test", testFraction);
        if (validationFraction + testFraction >= 1) {
            throw new IllegalArgumentException("split: validation " + validationFraction + " and test " + testFraction
                    + " leave nothing to train on");
        }
        SeededRandom random = SeededRandom.of(seed, FOR_SPLIT);
        int[][] byClass = byClass(data);
        int[] validationCounts = new int[byClass.length];
        int[] testCounts = new int[byClass.length];
        for (int c = 0; c < byClass.length; c++) {
            Shuffle.shuffle(byClass[c], random);
            int n = byClass[c].length;
            if (n > 0) {
                requireEnough(data, c, n, validationFraction, testFraction);
                validationCounts[c] = share(n, validationFraction, n - (testFraction > 0 ? 2 : 1));
                testCounts[c] = share(n, testFraction, n - 1 - validationCounts[c]);
            }
        }
        int[] validation = new int[sum(validationCounts)];
        int[] test = new int[sum(testCounts)];
        int[] train = new int[data.size() - validation.length - test.length];
        int v = 0;
        int t = 0;
        int r = 0;
        for (int c = 0; c < byClass.length; c++) {
            int rest = byClass[c].length - validationCounts[c] - testCounts[c];
            System.arraycopy(byClass[c], 0, validation, v, validationCounts[c]);
            System.arraycopy(byClass[c], validationCounts[c], test, t, testCounts[c]);
            System.arraycopy(byClass[c], validationCounts[c] + testCounts[c], train, r, rest);
            v += validationCounts[c];
            t += testCounts[c];
            r += rest;
        }
        return new Split(part(data, train, random), part(data, validation, random), part(data, test, random));
    }

    /**
     * Splits a validation part off the training set of data that come with an official test set, which stays whole.
     *
     * @param validationFraction the part to choose by, 0 up to but not including 1
     * @throws IllegalArgumentException as {@link #stratified} does, or if the two sets differ in classes
     * @throws ShapeMismatchException if they differ in the shape of images
     */
    public static Split stratifiedValidation(Dataset train, Dataset test, double validationFraction, long seed) {
        TrainTest.requireSameKind(train, test);
        Split split = stratified(train, validationFraction, 0, seed);
        return new Split(split.train, split.validation, test);
    }

    private static void requireFraction(String part, double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "split: the " + part + " fraction is " + fraction + ", needs 0 <= fraction < 1");
        }
    }

    private static void requireEnough(Dataset data, int c, int n, double validationFraction, double testFraction) {
        int parts = 1 + (validationFraction > 0 ? 1 : 0) + (testFraction > 0 ? 1 : 0);
        if (n < parts) {
            throw new IllegalArgumentException(
                    "split: class \"" + data.classNames().get(c) + "\" of " + data.name() + " has " + n
                            + " examples, needs one for each of the " + parts + " parts");
        }
    }

    /** Returns how many of {@code n} examples a part gets: none if it is not wanted, else 1 up to {@code most}. */
    private static int share(int n, double fraction, int most) {
        return fraction == 0 ? 0 : Math.clamp(Math.round(n * fraction), 1, most);
    }

    private static int[][] byClass(Dataset data) {
        int[] counts = new int[data.classNames().size()];
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i)]++;
        }
        int[][] byClass = new int[counts.length][];
        for (int c = 0; c < counts.length; c++) {
            byClass[c] = new int[counts[c]];
        }
        for (int i = data.size() - 1; i >= 0; i--) {
            byClass[data.label(i)][--counts[data.label(i)]] = i;
        }
        return byClass;
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private static Dataset part(Dataset data, int[] indices, SeededRandom random) {
        Shuffle.shuffle(indices, random);
        return data.subset(indices);
    }
}
