/** The training loop, and the judgement of what it has made. May use every other package of this module. */
package dev.lanes.layers.training;
