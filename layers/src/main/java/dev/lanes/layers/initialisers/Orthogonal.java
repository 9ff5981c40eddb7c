package dev.lanes.layers.initialisers;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.random.RandomGenerator;

/** Random orthogonal vectors, made by taking from normal ones what the earlier ones have already (Gram and Schmidt). */
final class Orthogonal {
    private Orthogonal() {}

    static void fill(Tensor weights, double gain, RandomGenerator random) {
        Shape shape = weights.shape();
        Initialisers.requireFans(shape);
        int columns = shape.dim(-1);
        int rows = columns == 0 ? 0 : weights.elements() / columns;
        boolean byColumns = columns <= rows;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int k = 0; k < vectors.length; k++) {
            do {
                for (int i = 0; i < vectors[k].length; i++) {
                    vectors[k][i] = random.nextGaussian();
                }
                // Twice: the first time leaves rounding errors of what was taken away.
                subtractEarlier(vectors, k);
                subtractEarlier(vectors, k);
            } while (!normalise(vectors[k]));
        }
        for (int k = 0; k < vectors.length; k++) {
            for (int i = 0; i < vectors[k].length; i++) {
                int at = byColumns ? i * columns + k : k * columns + i;
                weights.array()[weights.offset() + at] = (float) (gain * vectors[k][i]);
            }
        }
    }

    private static void subtractEarlier(double[][] vectors, int k) {
        for (int earlier = 0; earlier < k; earlier++) {
            double part = dot(vectors[k], vectors[earlier]);
            for (int i = 0; i < vectors[k].length; i++) {
                vectors[k][i] -= part * vectors[earlier][i];
            }
        }
    }

    private static boolean normalise(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return length > 1e-6;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
