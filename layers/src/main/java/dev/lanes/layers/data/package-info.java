/**
 * Labelled images: the data set in memory, its splits and mini-batches, and readers of the usual files.
 *
 * <p>The readers trust no file: what a header announces is compared with the size of the file before anything is
 * allocated, and whatever is wrong becomes one {@link dev.lanes.layers.data.DataFormatException} that names the file
 * and the byte. Needs nothing but the JDK, and never touches the network.
 */
package dev.lanes.layers.data;
