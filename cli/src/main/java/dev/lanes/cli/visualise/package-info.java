/** {@code lanes visualise}: pictures of the inside of a network. */
package dev.lanes.cli.visualise;
