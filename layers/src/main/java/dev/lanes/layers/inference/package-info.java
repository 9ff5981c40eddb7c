/** Networks that are used and no longer trained: arranged once, run often. May use all but data and training. */
package dev.lanes.layers.inference;
