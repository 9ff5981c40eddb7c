package dev.lanes.layers.visualise;

/**
 * Where a feature map is highest.
 *
 * @param y the row in the map
 * @param x the column in the map
 * @param value how high
 */
public record Peak(int y, int x, float value) {}
