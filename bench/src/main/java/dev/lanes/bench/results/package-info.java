/** What a run of benchmarks leaves behind: records that are the JSON of {@code docs/benchmarks/FORMAT.md}. */
package dev.lanes.bench.results;
