/** Optimisers: from gradients to better parameters. */
package dev.lanes.layers.optimisers;
