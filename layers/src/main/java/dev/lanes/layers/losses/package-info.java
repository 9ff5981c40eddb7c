/** Losses: from the output of a network and what it should have been to a single value. */
package dev.lanes.layers.losses;
