package dev.lanes.layers.training;

import dev.lanes.layers.metrics.ConfusionMatrix;

/**
 * How a network did on a data set.
 *
 * @param loss the mean loss of the examples
 * @param accuracy the part that was classified rightly, from 0 to 1
 * @param confusion how often each class was taken for each
 */
public record Score(double loss, double accuracy, ConfusionMatrix confusion) {}
