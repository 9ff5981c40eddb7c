/** Random numbers that are the same on every machine and JDK. May use the JDK alone. */
package dev.lanes.layers.random;
