/** How the weights of a layer begin. May use {@code dev.lanes.numerics} alone. */
package dev.lanes.layers.initialisers;
