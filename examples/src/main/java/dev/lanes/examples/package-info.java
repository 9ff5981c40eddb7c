/**
 * One short example a topic, in the order of a course on neural networks; {@code docs/course.md} shows what each prints.
 * Everything they need is generated; all that is random follows from seeds.
 */
package dev.lanes.examples;
