/** The rows: problems in their text form, where each comes from, and what the right answer is. */
package dev.lanes.bench.problems;
