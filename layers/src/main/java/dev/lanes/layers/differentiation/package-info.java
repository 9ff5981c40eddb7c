/**
 * Differentiation of functions of numbers, four ways that check one another: central differences, dual numbers, a graph
 * of scalars walked backwards, and formulas (in {@code symbolic}); and the check of tensor gradients.
 *
 * <p>A function written once against {@link dev.lanes.layers.differentiation.Arithmetic} can be given any of them.
 */
package dev.lanes.layers.differentiation;
