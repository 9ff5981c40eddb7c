/**
 * Classic learners, each a few lines of linear algebra: perceptron, linear softmax, nearest neighbours, k-means. They
 * take rows of numbers, {@code [n, features]}; may use the packages data and random, and the numerics.
 */
package dev.lanes.layers.learners;
