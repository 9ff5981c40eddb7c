package dev.lanes.cli.model;

import java.util.List;

/**
 * What one must know of a model beside its weights in order to use it.
 *
 * @param network which network the weights belong to
 * @param dataset what it was trained on
 * @param height of the images in pixels
 * @param width of the images in pixels
 * @param channels 1 for grey, 3 for red, green and blue, all from 0 to 1
 * @param classNames what its outputs stand for
 * @param testAccuracy share of the test set that it classified rightly
 */
public record ModelDescription(
        String network,
        String dataset,
        int height,
        int width,
        int channels,
        List<String> classNames,
        double testAccuracy) {}
