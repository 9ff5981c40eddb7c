/** The commands, the options they share, and how misuse and failure are told. */
package dev.lanes.cli;
