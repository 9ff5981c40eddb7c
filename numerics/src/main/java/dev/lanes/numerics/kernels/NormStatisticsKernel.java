package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.NormGeometry;

/**
 * Mean and population variance of every group of every image: {@code mean[b * groups + g]}, {@code variance} likewise,
 * {@code variance = sum of (x - mean)^2 / count}, never negative.
 */
public interface NormStatisticsKernel extends Kernel<NormGeometry> {
    /** Overwrites mean and variance, which do not overlap x or each other. */
    void run(
            NormGeometry g,
            float[] x,
            int xOffset,
            float[] mean,
            int meanOffset,
            float[] variance,
            int varianceOffset,
            Workspace workspace);
}
