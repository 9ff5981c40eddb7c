/** The threads. */
package dev.lanes.numerics.parallel;
