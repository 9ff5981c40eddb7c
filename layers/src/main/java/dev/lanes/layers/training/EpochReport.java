package dev.lanes.layers.training;

import java.util.Optional;

/**
 * What one epoch of training has brought.
 *
 * @param epoch which, from 1
 * @param epochs how many there are
 * @param learningRate that of its last step
 * @param trainLoss mean loss of the training examples, each taken when its batch was learnt from
 * @param trainAccuracy part of them that was classified rightly at that moment, from 0 to 1
 * @param validation how the network did on the validation set after the epoch; empty if there is none
 */
public record EpochReport(
        int epoch,
        int epochs,
        double learningRate,
        double trainLoss,
        double trainAccuracy,
        Optional<Score> validation) {
    /** Returns the validation loss, or where there is none the training loss. */
    public double lossToJudgeBy() {
        return validation.map(Score::loss).orElse(trainLoss);
    }
}
