package dev.lanes.tests.kit;

/** Matrix products worth naming: what networks use, made small, and what kernels are likely to treat apart. */
final class GemmList {
    static final String[] NAMED = {
        // enough work for all threads
        "NN m97 n131 k61",
        "NT m193 n70 k257",
        "TN m150 n66 k129",
        "TT m61 n200 k131",
        "NN m197 n203 k211",
        "NN m113 n67 k300",
        // wide, tall, and one row or column: fully connected layers of batch 1
        "NN m5 n2049 k19",
        "TN m1025 n5 k37",
        "NN m1 n1000 k300",
        "NT m1 n1000 k300",
        "NN m300 n1 k1000",
        // dot products: their tiles of rows, what is left of the parts, and blocks of k
        "NN m8 n1 k16",
        "NN m19 n1 k285",
        "NT m1 n17 k15",
        "NT m1 n24 k1031",
        "TT m1 n9 k530",
        "NT m17 n1 k33",
        "NN m1 n1 k777",
        "TN m300 n1 k1000",
        // small: read in place, in tiles of every height
        "NN m23 n48 k29",
        "NN m32 n32 k32",
        "NN m13 n16 k5",
        "NN m7 n96 k20",
        // few rows and many columns: several panels packed at once, and what is left
        "NN m9 n1113 k270",
        "TN m20 n570 k33",
        "NN m150 n520 k20",
        // around the blocks of rows and columns, and slabs
        "NT m181 n39 k1043",
        "TN m180 n2081 k3",
        "NN m171 n35 k2048",
        // left operands in panels, of rows in place and of columns; many blocks of rows, which threads take one by one
        "NN m47 n1030 k1037",
        "TN m31 n1030 k1037",
        "TN m11600 n20 k5",
        // rows a power of two apart, which share their places in a cache
        "NN m13 n35 k7 lda1024 ldb1024 ldc1024",
        "NN m97 n67 k300 lda1024 ldb2048 ldc1024",
        "NT m14 n65 k513 lda2048 ldb1024 ldc512",
        "TN m13 n67 k31 lda1024 ldb1024 ldc1024",
        "TT m29 n33 k65 lda1024 ldb1024 ldc4096",
        "NN m5 n33 k1024",
        "NT m6 n40 k1024",
        "NN m4 n64 k2048"
    };

    private GemmList() {}
}
