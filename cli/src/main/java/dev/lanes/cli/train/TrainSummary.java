package dev.lanes.cli.train;

/**
 * What a training came to, for machines: {@code --json}.
 *
 * @param dataset its name
 * @param network which was trained
 * @param epochs how often every example was seen
 * @param seed what all that is random followed from
 * @param threads that worked on one operation
 * @param backend whose kernels ran
 * @param vectorBits their width; 0 where they have none
 * @param trainSeconds from the first step to the last, the looks at the validation set included
 * @param samplesPerSecond training examples seen in that time
 * @param validationAccuracy share of the validation set that was classified rightly, from 0 to 1
 * @param testAccuracy share of the test set that was classified rightly, from 0 to 1
 * @param testUses how often trainings in this folder have looked at the test set
 * @param parameters how many numbers were learnt
 * @param weightsSha256 digest of their names, shapes and bits
 */
record TrainSummary(
        String dataset,
        String network,
        int epochs,
        long seed,
        int threads,
        String backend,
        int vectorBits,
        double trainSeconds,
        double samplesPerSecond,
        double validationAccuracy,
        double testAccuracy,
        int testUses,
        long parameters,
        String weightsSha256) {}
