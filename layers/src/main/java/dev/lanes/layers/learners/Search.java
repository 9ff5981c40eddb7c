package dev.lanes.layers.learners;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Finish;
import dev.lanes.numerics.PackedMatrix;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/**
 * Finds the nearest of a set of points, in two steps: all distances in single precision by a matrix product (or, for
 * Manhattan, by passes over the points' columns), then those that the rounding of the first step leaves in doubt in
 * double precision. So the result is that of exact sums, whatever the backend.
 */
final class Search {
    /** Of the rough distances so many are held at a time. */
    private static final int MOST_AT_ONCE = 1 << 23;
    /** Points whose columns stay in the cache while all queries pass by. */
    private static final int BLOCK = 256;
    /** Half a unit in the last place of 1: the relative error of one rounding. */
    private static final double ROUNDING = 0x1p-24;

    private final Metric metric;
    private final Engine engine;
    private final Tensor points;
    private final int n;
    private final int features;
    private final double[] squares;
    private final double longest;
    /** What the rough step multiplies by: the points or their directions; null for Manhattan. */
    private final PackedMatrix factors;
    /** What the rough step of Manhattan reads, {@code [blocks, features, BLOCK]}; null for the others. */
    private final float[] columns;

    Search(Tensor points, Metric metric, Engine engine) {
        this.metric = metric;
        this.engine = engine;
        this.points = points;
        n = points.shape().dim(0);
        features = points.shape().dim(1);
        squares = Rows.squares("points", points);
        double most = 0;
        for (double square : squares) {
            most = Math.max(most, square);
        }
        longest = Math.sqrt(most);
        columns = metric == Metric.MANHATTAN ? columns(points) : null;
        factors = switch (metric) {
            case EUCLIDEAN -> engine.matrix().packB(true, points);
            case COSINE -> engine.matrix().packB(true, directions(points, squares));
            case MANHATTAN -> null;
        };
    }

    /** Returns the k nearest points of each query {@code [q, features]}, k from 1 to the number of points. */
    Neighbours find(Tensor queries, int k) {
        return find(queries, Rows.squares("queries", queries), k);
    }

    /** Returns the same where the squares of the queries' lengths are known. */
    Neighbours find(Tensor queries, double[] querySquares, int k) {
        int q = queries.shape().dim(0);
        Tensor asked = metric == Metric.COSINE ? directions(queries, querySquares) : queries;
        int[] indices = new int[q * k];
        double[] distances = new double[q * k];
        int block = Math.clamp(MOST_AT_ONCE / n, 1, Math.max(1, q));
        float[] rough = new float[block * n];
        double[] score = new double[n];
        Nearest sieve = new Nearest(k);
        Nearest found = new Nearest(k);
        for (int from = 0; from < q; from += block) {
            int rows = Math.min(block, q - from);
            rough(asked.slice(from, from + rows), rough);
            for (int r = 0; r < rows; r++) {
                int query = from + r;
                double doubt = score(rough, r * n, Math.sqrt(querySquares[query]), score);
                sieve.clear();
                for (int i = 0; i < n; i++) {
                    sieve.offer(score[i], i);
                }
                double bound = sieve.worst() + (metric == Metric.MANHATTAN ? doubt * sieve.worst() : doubt);
                found.clear();
                for (int i = 0; i < n; i++) {
                    if (score[i] <= bound) {
                        found.offer(exact(queries, query, querySquares[query], i), i);
                    }
                }
                found.copyTo(indices, distances, query * k);
            }
        }
        return new Neighbours(q, k, indices, distances);
    }

    /** Computes products, or for Manhattan distances, of a block of queries with all points. */
    private void rough(Tensor queries, float[] into) {
        int rows = queries.shape().dim(0);
        if (metric == Metric.MANHATTAN) {
            float[] sums = new float[BLOCK];
            for (int from = 0; from < n; from += BLOCK) {
                for (int r = 0; r < rows; r++) {
                    manhattan(queries.array(), queries.offset() + r * features, from * features, sums);
                    System.arraycopy(sums, 0, into, r * n + from, Math.min(BLOCK, n - from));
                }
            }
        } else {
            Tensor products = Tensor.wrap(into, 0, Shape.of(rows, n));
            engine.matrix().gemm(false, queries, factors, 0f, Finish.NONE, products);
        }
    }

    /**
     * Turns products into scores that order the points as their distances do, and returns twice the most by which one
     * may be wrong; for Manhattan, relative to the score.
     */
    private double score(float[] rough, int at, double queryLength, double[] score) {
        double sums = features * ROUNDING / (1 - features * ROUNDING);
        switch (metric) {
            case EUCLIDEAN -> {
                for (int i = 0; i < n; i++) {
                    score[i] = squares[i] - 2.0 * rough[at + i];
                }
                // Products too small for float lose up to its smallest step each.
                return 4 * (sums * queryLength * longest + features * Float.MIN_VALUE) + 1e-15 * longest * longest;
            }
            case COSINE -> {
                for (int i = 0; i < n; i++) {
                    score[i] = -rough[at + i];
                }
                return 2 * (sums + 4 * ROUNDING);
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    score[i] = rough[at + i];
                }
                return 4 * (sums + 2 * ROUNDING);
            }
        }
    }

    private double exact(Tensor queries, int query, double querySquare, int point) {
        float[] a = queries.array();
        float[] b = points.array();
        int ia = queries.offset() + query * features;
        int ib = points.offset() + point * features;
        switch (metric) {
            case EUCLIDEAN -> {
                return Math.sqrt(Rows.squaredDistance(a, ia, b, ib, features));
            }
            case COSINE -> {
                double lengths = Math.sqrt(querySquare) * Math.sqrt(squares[point]);
                return lengths == 0 ? 1 : Math.max(0, 1 - Rows.product(a, ia, b, ib, features) / lengths);
            }
            default -> {
                double sum = 0;
                for (int j = 0; j < features; j++) {
                    sum += Math.abs((double) a[ia + j] - b[ib + j]);
                }
                return sum;
            }
        }
    }

    /** Sums a block column by column, so that the compiler can take many points at once; four columns a pass. */
    private void manhattan(float[] query, int at, int block, float[] sums) {
        float[] c = columns;
        for (int i = 0; i < BLOCK; i++) {
            sums[i] = 0;
        }
        int j = 0;
        for (; j + 4 <= features; j += 4) {
            float q0 = query[at + j];
            float q1 = query[at + j + 1];
            float q2 = query[at + j + 2];
            float q3 = query[at + j + 3];
            int c0 = block + j * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                sums[i] = sums[i]
                        + Math.abs(c[c0 + i] - q0)
                        + Math.abs(c[c0 + BLOCK + i] - q1)
                        + Math.abs(c[c0 + 2 * BLOCK + i] - q2)
                        + Math.abs(c[c0 + 3 * BLOCK + i] - q3);
            }
        }
        for (; j < features; j++) {
            float q0 = query[at + j];
            int c0 = block + j * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                sums[i] += Math.abs(c[c0 + i] - q0);
            }
        }
    }

    /** Rows of length 1; a row of zeros stays one. */
    private static Tensor directions(Tensor x, double[] squares) {
        int features = x.shape().dim(1);
        return Tensor.generate(x.shape(), i -> {
            double square = squares[i / features];
            return square == 0 ? 0 : x.array()[x.offset() + i] / Math.sqrt(square);
        });
    }

    /** Turns blocks of points around; what is missing in the last block stays zero. */
    private static float[] columns(Tensor x) {
        int n = x.shape().dim(0);
        int features = x.shape().dim(1);
        float[] columns = new float[Math.multiplyExact(Math.ceilDiv(n, BLOCK) * BLOCK, features)];
        for (int i = 0; i < n; i++) {
            int to = i / BLOCK * BLOCK * features + i % BLOCK;
            for (int j = 0; j < features; j++) {
                columns[to + j * BLOCK] = x.array()[x.offset() + i * features + j];
            }
        }
        return columns;
    }
}
