/** The command that differentiates a formula in four ways. */
package dev.lanes.cli.differentiate;
