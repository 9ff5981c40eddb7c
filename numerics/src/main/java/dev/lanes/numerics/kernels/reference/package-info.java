/** Every operation as it is defined, in plain loops: the specification, and what runs where nothing faster can. */
package dev.lanes.numerics.kernels.reference;
