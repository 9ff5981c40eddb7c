package dev.lanes.layers.training;

/** What tells the better of two epochs: their validation, or where there is none their training. */
public enum Measure {
    /** The lower loss. */
    LOSS {
        @Override
        public double of(EpochReport report) {
            return -report.lossToJudgeBy();
        }
    },
    /** The higher accuracy. */
    ACCURACY {
        @Override
        public double of(EpochReport report) {
            return report.validation().map(Score::accuracy).orElse(report.trainAccuracy());
        }
    };

    /** Returns a number that is larger for a better epoch: the accuracy, or the loss with the sign changed. */
    public abstract double of(EpochReport report);
}
