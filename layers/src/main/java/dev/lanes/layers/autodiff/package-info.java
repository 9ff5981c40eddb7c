/**
 * Differentiation: a {@link dev.lanes.layers.autodiff.Tape} applies {@link dev.lanes.layers.autodiff.Op}s to {@link
 * dev.lanes.layers.autodiff.Variable}s and returns derivatives, backwards or forwards.
 *
 * <p>Knows no particular op and no layer; may use {@code dev.lanes.numerics} alone.
 */
package dev.lanes.layers.autodiff;
