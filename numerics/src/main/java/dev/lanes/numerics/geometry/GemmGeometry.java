package dev.lanes.numerics.geometry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything about a matrix product but its numbers: {@code C = alpha * op(A) * op(B) + beta * C}.
 *
 * <p><b>Shapes</b>: op(A) is {@code [m, k]}, op(B) is {@code [k, n]}, C is {@code [m, n]}, all row-major with leading
 * dimensions (the distance between the starts of consecutive stored rows). A is stored {@code [m, k]}, or {@code [k,
 * m]} when transposed; B is stored {@code [k, n]}, or {@code [n, k]} when transposed. Immutable, safe for any thread.
 *
 * <p>Text form: {@code NT m64 n10 k128}, with {@code lda130 ldb128 ldc10} behind it where a leading dimension is not
 * the tight one; {@link #parse} reads it.
 */
public record GemmGeometry(boolean transA, boolean transB, int m, int n, int k, int lda, int ldb, int ldc) {
    private static final Pattern TEXT = Pattern.compile("(?<ta>[NT])(?<tb>[NT]) m(?<m>\\d+) n(?<n>\\d+) k(?<k>\\d+)"
            + "(?: lda(?<lda>\\d+) ldb(?<ldb>\\d+) ldc(?<ldc>\\d+))?");

    /**
     * Checks the sizes; any of m, n and k may be 0.
     *
     * @throws IllegalArgumentException if a size is negative, a leading dimension is shorter than its row, or an
     *     operand would not fit one Java array
     */
    public GemmGeometry {
        if (m < 0 || n < 0 || k < 0) {
            throw new IllegalArgumentException("gemm: m " + m + ", n " + n + " and k " + k + " must not be negative");
        }
        if (lda < (transA ? m : k) || ldb < (transB ? k : n) || ldc < n) {
            throw new IllegalArgumentException("gemm: leading dimensions lda " + lda + ", ldb " + ldb + ", ldc " + ldc
                    + " must be at least " + (transA ? m : k) + ", " + (transB ? k : n) + ", " + n);
        }
        if (span(transA ? k : m, transA ? m : k, lda) > Integer.MAX_VALUE
                || span(transB ? n : k, transB ? k : n, ldb) > Integer.MAX_VALUE
                || span(m, n, ldc) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "gemm: m " + m + ", n " + n + ", k " + k + " do not fit one Java array an operand");
        }
    }

    /** Returns {@code C[m, n] = A[m, k] * B[k, n]} without gaps between the rows. */
    public static GemmGeometry of(int m, int n, int k) {
        return of(false, false, m, n, k);
    }

    /** Returns the product with either operand transposed, without gaps between the stored rows. */
    public static GemmGeometry of(boolean transA, boolean transB, int m, int n, int k) {
        return new GemmGeometry(transA, transB, m, n, k, transA ? m : k, transB ? k : n, n);
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static GemmGeometry parse(String text) {
        Matcher t = GeometryText.match(TEXT, text, "NN m64 n3136 k576");
        GemmGeometry tight = of(
                t.group("ta").equals("T"),
                t.group("tb").equals("T"),
                GeometryText.number(t, "m"),
                GeometryText.number(t, "n"),
                GeometryText.number(t, "k"));
        return t.group("lda") == null
                ? tight
                : tight.leading(
                        GeometryText.number(t, "lda"), GeometryText.number(t, "ldb"), GeometryText.number(t, "ldc"));
    }

    /** Returns this geometry with other leading dimensions. */
    public GemmGeometry leading(int newLda, int newLdb, int newLdc) {
        return new GemmGeometry(transA, transB, m, n, k, newLda, newLdb, newLdc);
    }

    /** Returns the length of the array section that A occupies. */
    public int spanA() {
        return (int) span(transA ? k : m, transA ? m : k, lda);
    }

    /** Returns the length of the array section that B occupies. */
    public int spanB() {
        return (int) span(transB ? n : k, transB ? k : n, ldb);
    }

    /** Returns the length of the array section that C occupies. */
    public int spanC() {
        return (int) span(m, n, ldc);
    }

    private static long span(int rows, int columns, int leading) {
        return rows == 0 || columns == 0 ? 0 : (rows - 1L) * leading + columns;
    }

    /**
     * Tells whether every output is a dot product of two rows as they are stored: a matrix times one column, or one row
     * times a transposed matrix. The fast kernels sum these over a tree instead of in the order of k.
     */
    public boolean isDots() {
        return n == 1 && !transA || m == 1 && transB;
    }

    /** Returns the floating-point operations, a multiply-add counted as two. */
    public long flops() {
        return 2L * m * n * k;
    }

    /** Returns the bytes of the three operands: what a perfect cache would move. */
    public long bytes() {
        return 4L * ((long) m * k + (long) k * n + (long) m * n);
    }

    /** Returns the text form, as in {@code NT m64 n10 k128}. */
    @Override
    public String toString() {
        String text = (transA ? "T" : "N") + (transB ? "T" : "N") + " m" + m + " n" + n + " k" + k;
        return equals(of(transA, transB, m, n, k)) ? text : text + " lda" + lda + " ldb" + ldb + " ldc" + ldc;
    }
}
