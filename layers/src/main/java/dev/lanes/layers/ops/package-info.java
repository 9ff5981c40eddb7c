/**
 * The differentiable primitives, one to a file: shape rule, value, vector-Jacobian and Jacobian-vector product.
 *
 * <p>May use {@code dev.lanes.layers.autodiff} and {@code dev.lanes.numerics} alone.
 */
package dev.lanes.layers.ops;
