package dev.lanes.cli.train;

/**
 * What a training came to, for machines: {@code --json}.
 *
 * @param dataset its name
 * @param epochs how often every example was seen
 * @param seed what all that is random followed from
 * @param threads that worked on one operation
 * @param backend whose kernels ran
 * @param vectorBits their width; 0 where they have none
 * @param trainSeconds from the first step to the last, the looks at the validation set included
 * @param samplesPerSecond training examples seen in that time
 * @param testAccuracy share of the test set that was classified rightly, from 0 to 1
 * @param parameters how many numbers were learnt
 * @param weightsSha256 digest of their names, shapes and bits
 */
record TrainSummary(
        String dataset,
        int epochs,
        long seed,
        int threads,
        String backend,
        int vectorBits,
        double trainSeconds,
        double samplesPerSecond,
        double testAccuracy,
        long parameters,
        String weightsSha256) {}
