/** How good a network is. */
package dev.lanes.layers.metrics;
