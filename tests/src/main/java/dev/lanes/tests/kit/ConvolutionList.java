package dev.lanes.tests.kit;

/** Convolutions worth naming: what networks use, made small, and what kernels are likely to forget. */
final class ConvolutionList {
    static final String[] NAMED = {
        // networks: the stem of a residual network, LeNet, a bottleneck, a strided shortcut, a separable block
        "b1 20x20x3 -> 16 k7x7 s2 p3 d1 g1",
        "b2 14x14x1 -> 6 k5x5 s1 p0 d1 g1",
        "b1 7x7x64 -> 16 k1x1 s1 p0 d1 g1",
        "b1 7x7x16 -> 64 k1x1 s1 p0 d1 g1",
        "b2 8x8x24 -> 33 k1x1 s2 p0 d1 g1",
        "b1 9x9x40 -> 40 k3x3 s1 p1 d1 g40",
        "b1 9x9x40 -> 40 k3x3 s2 p0,1,0,1 d1 g40",
        "b1 8x8x12 -> 20 k3x3 s1 p2 d2 g4",
        // depthwise: lines of outputs odd and single, few and many pixels a line, ends amid a vector, wide padding
        "b1 14x14x32 -> 32 k3x3 s1 p1 d1 g32",
        "b1 7x9x147 -> 147 k3x3 s1 p1 d1 g147",
        "b2 5x12x24 -> 24 k3x3 s1 p0 d1 g24",
        "b1 6x5x95 -> 95 k3x3 s1 p3 d1 g95",
        "b1 1x1x20 -> 20 k3x3 s1 p1 d1 g20",
        "b1 1x2x33 -> 33 k3x3 s1 p2 d1 g33",
        "b1 15x14x48 -> 48 k3x3 s2 p1 d1 g48",
        "b1 10x21x150 -> 150 k3x3 s2 p0,1,0,1 d1 g150",
        "b1 9x27x16 -> 16 k3x3 s2 p2 d1 g16",
        "b1 3x3x29 -> 29 k3x3 s2 p2,0,3,0 d1 g29",
        // nothing to do, and as little as there can be
        "b0 5x5x3 -> 4 k3x3 s1 p1 d1 g1",
        "b1 1x1x1 -> 1 k1x1 s1 p0 d1 g1",
        "b1 1x1x33 -> 17 k1x1 s1 p0 d1 g1",
        "b3 1x1x7 -> 19 k3x3 s1 p1 d1 g1",
        // the window as large as the image, larger than the image, and mostly outside
        "b2 6x6x5 -> 31 k6x6 s1 p0 d1 g1",
        "b1 2x3x4 -> 5 k5x5 s1 p2 d1 g1",
        "b1 3x3x2 -> 3 k3x3 s1 p5 d1 g1",
        "b1 2x2x3 -> 4 k1x1 s1 p2 d1 g1",
        "b1 4x4x3 -> 4 k2x2 s3 p4,0,0,3 d1 g1",
        "b1 3x4x3 -> 4 k2x2 s1 p3 d4 g1",
        "b1 2x2x3 -> 4 k2x2 s9 p0,5,5,0 d1 g1",
        // steps that leave pixels unseen; one-sided padding; long thin windows
        "b1 11x13x4 -> 8 k2x2 s5 p0 d1 g1",
        "b1 11x13x4 -> 8 k1x1 s3x4 p0 d1 g1",
        "b1 6x9x8 -> 8 k1x7 s1 p0x3 d1 g1",
        "b1 9x6x8 -> 8 k7x1 s1 p3x0 d1 g1",
        "b1 5x5x4 -> 4 k3x3 s1 p2,0,0,2 d1 g1",
        "b1 9x9x3 -> 7 k3x3 s2 p1 d2x3 g1",
        // sums around a slab of 256 products
        "b1 3x5x255 -> 9 k1x1 s1 p0 d1 g1",
        "b1 3x5x256 -> 9 k1x1 s1 p0 d1 g1",
        "b1 3x5x257 -> 9 k1x1 s1 p0 d1 g1",
        "b1 4x4x28 -> 17 k3x3 s1 p1 d1 g1",
        "b1 4x4x29 -> 17 k3x3 s1 p1 d1 g1",
        "b1 4x4x58 -> 6 k3x3 s1 p1 d1 g2",
        "b1 3x3x7 -> 256 k2x2 s1 p1 d1 g1",
        "b1 3x3x7 -> 260 k2x2 s1 p1 d1 g1",
        // narrow images of many channels, whose edges are left out
        "b1 2x3x256 -> 3 k3x3 s1 p1 d1 g1",
        "b2 5x7x256 -> 9 k3x3 s1 p1 d1 g1",
        "b1 6x6x260 -> 20 k2x3 s2x1 p1,1,0,2 d1x2 g1",
        // pixels around a slab of 256, for the gradient by the weights
        "b1 15x17x3 -> 5 k2x2 s1 p0 d1 g1",
        "b1 16x16x3 -> 5 k1x1 s1 p0 d1 g1",
        "b1 1x257x3 -> 5 k1x1 s1 p0 d1 g1",
        "b5 7x11x3 -> 5 k3x3 s1 p1 d1 g1",
        // lines so long that few or none fit a cache, and batches that are taken in parts
        "b1 11x20x900 -> 4 k3x1 s2x1 p1x0 d1 g1",
        "b1 5x19x3500 -> 3 k3x1 s1 p1x0 d1 g1",
        "b3 61x67x1 -> 130 k1x1 s1 p0 d1 g1",
        "b3 61x67x2 -> 129 k2x1 s1 p1x0 d1 g1",
        "b5 20x21x48 -> 48 k2x2 s1 p0 d1 g48",
        // gradients by the weights that are summed in parts of the batch, of equal and of unequal length
        "b8 16x16x1 -> 6 k5x5 s1 p2 d1 g1",
        "b9 16x15x3 -> 17 k3x3 s1 p1 d1 g1",
        "b11 18x18x6 -> 16 k5x5 s1 p0 d1 g1",
        "b19 21x21x7 -> 9 k3x3 s2 p1 d1 g1",
        "b8 17x16x20 -> 20 k3x3 s1 p1 d1 g20",
        "b15 12x12x8 -> 12 k3x3 s1 p1 d1 g4",
        "b37 5x70x2 -> 3 k1x1 s1 p0 d1 g1",
        // enough work for all threads
        "b2 14x14x32 -> 32 k3x3 s1 p1 d1 g1",
        "b3 13x15x17 -> 37 k3x3 s2 p1 d1 g1",
        "b2 20x21x48 -> 48 k3x3 s1 p1 d1 g48",
        "b2 17x19x24 -> 36 k3x3 s1 p1 d1 g12",
        "b3 19x11x30 -> 50 k1x1 s1 p0 d1 g1",
        "b7 9x9x16 -> 33 k5x5 s1 p2 d1 g1"
    };

    private ConvolutionList() {}
}
