/** Formulas: read from text, differentiated, simplified, computed and written down. */
package dev.lanes.layers.differentiation.symbolic;
