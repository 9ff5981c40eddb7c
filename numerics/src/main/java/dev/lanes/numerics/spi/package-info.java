/** What a backend brings along. */
package dev.lanes.numerics.spi;
