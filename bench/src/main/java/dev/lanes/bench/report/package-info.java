/** Turns results into a page and tables that people read. */
package dev.lanes.bench.report;
