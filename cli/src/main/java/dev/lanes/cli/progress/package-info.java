/** How far a piece of work has come, for people who watch and for logs. */
package dev.lanes.cli.progress;
