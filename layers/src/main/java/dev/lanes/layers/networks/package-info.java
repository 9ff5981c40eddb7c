/** Whole networks, ready to be trained. May use the packages nn and initialisers. */
package dev.lanes.layers.networks;
