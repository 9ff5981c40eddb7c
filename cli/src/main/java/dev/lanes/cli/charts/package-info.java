/** Pictures of a training, as PNG files; none of them is worth losing a trained network for. */
package dev.lanes.cli.charts;
