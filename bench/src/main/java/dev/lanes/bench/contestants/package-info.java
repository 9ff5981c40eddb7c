/** Who is measured: lanes itself, plain loops, and other people's libraries where they are present. */
package dev.lanes.bench.contestants;
