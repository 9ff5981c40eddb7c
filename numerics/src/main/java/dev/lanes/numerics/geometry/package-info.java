/** What an operation is, in sizes: checked once, printed and parsed as text. */
package dev.lanes.numerics.geometry;
