/** Seeing inside a network: what its layers answer, and to what. May use the packages nn, autodiff and data. */
package dev.lanes.layers.visualise;
