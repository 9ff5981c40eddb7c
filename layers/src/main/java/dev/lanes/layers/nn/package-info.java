/**
 * Layers: what has parameters, or settings, and is built from ops; and {@link dev.lanes.layers.nn.Sequential}, which
 * puts them one behind the other.
 *
 * <p>May use {@code autodiff}, {@code ops}, {@code initialisers} and {@code dev.lanes.numerics}.
 */
package dev.lanes.layers.nn;
