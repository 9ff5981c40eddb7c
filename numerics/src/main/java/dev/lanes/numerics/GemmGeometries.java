package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;

/**
 * The geometries of recent products, so that a network that repeats its sizes makes each of them once. Each size has
 * one place; who comes later takes it. For any thread: a geometry is immutable, and a lost entry is made again.
 */
final class GemmGeometries {
    private static final int PLACES = 64;

    private final GemmGeometry[] recent = new GemmGeometry[PLACES];

    /** Returns the geometry of these sizes; throws as its constructor does. */
    GemmGeometry of(boolean transA, boolean transB, int m, int n, int k, int lda, int ldb, int ldc) {
        int mixed = ((m * 31 + n) * 31 + k) * 31 + (lda + 3 * ldb + 5 * ldc) * 4 + (transA ? 2 : 0) + (transB ? 1 : 0);
        int place = (mixed * 0x9e3779b9) >>> 26;
        GemmGeometry g = recent[place];
        if (g == null
                || g.transA() != transA
                || g.transB() != transB
                || g.m() != m
                || g.n() != n
                || g.k() != k
                || g.lda() != lda
                || g.ldb() != ldb
                || g.ldc() != ldc) {
            g = new GemmGeometry(transA, transB, m, n, k, lda, ldb, ldc);
            recent[place] = g;
        }
        return g;
    }
}
