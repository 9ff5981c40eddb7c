/**
 * Files of weights: {@link dev.lanes.formats.Safetensors} reads and writes them,
 * {@link dev.lanes.formats.WeightsDigest} names them by their content.
 *
 * <p>A file is never trusted: all sizes are checked against the size of the file before anything is allocated. A file
 * is never left half-written: {@link dev.lanes.formats.AtomicFile} replaces it in one step or not at all.
 */
package dev.lanes.formats;
