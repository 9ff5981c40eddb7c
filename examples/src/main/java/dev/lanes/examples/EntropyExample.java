package dev.lanes.examples;

/** Entropy, cross-entropy and divergence of distributions, in bits: what a guess costs beyond what must be. */
final class EntropyExample implements Example {
    @Override
    public void run(Page page) {
        page.say("a coin that shows heads with probability p has entropy H(p):");
        for (double p : new double[] {0, 0.1, 0.25, 0.5, 0.75, 1}) {
            page.say("  p = %.2f  H = %.3f bit", p, crossEntropy(new double[] {p, 1 - p}, new double[] {p, 1 - p}));
        }
        double[] truth = {0.5, 0.25, 0.25};
        double[] guess = {0.8, 0.1, 0.1};
        page.say("truth 1/2 1/4 1/4, guessed as 0.8 0.1 0.1:");
        page.say("  entropy of the truth   %.3f bit", crossEntropy(truth, truth));
        page.say("  cross-entropy          %.3f bit", crossEntropy(truth, guess));
        page.say("  divergence, the excess %.3f bit", crossEntropy(truth, guess) - crossEntropy(truth, truth));
        page.say("a label is a truth without entropy; its cross-entropy is -log p of the right class:");
        for (double p : new double[] {0.1, 0.5, 0.9, 0.99}) {
            double[] label = {1, 0};
            page.say("  p = %.2f  loss %.3f nat", p, Math.log(2) * crossEntropy(label, new double[] {p, 1 - p}));
        }
    }

    /** Minus the sum of truth * log2(guess); what is impossible costs nothing. */
    private static double crossEntropy(double[] truth, double[] guess) {
        double bits = 0;
        for (int i = 0; i < truth.length; i++) {
            bits -= truth[i] == 0 ? 0 : truth[i] * Math.log(guess[i]) / Math.log(2);
        }
        return bits + 0.0; // never -0
    }
}
