package dev.lanes.numerics;

/**
 * Where in its array a new tensor begins: large ones so that their first value lies at the beginning of a cache line.
 *
 * <p>A vector of 64 bytes that straddles two lines costs two accesses, and in an array read from its first element all of
 * them do: the values begin 16 bytes into the object. Where objects lie cannot be asked, but G1, ZGC and Shenandoah put
 * large ones at the beginning of a region or page, so there the twelfth value begins a line. Elsewhere (another collector, or
 * an array of less than half a region) twelve values are left unused for nothing; the results are the same.
 */
final class Placement {
    /** Values from which on an array may lie at the beginning of a region: half a region of 1 MiB, the smallest. */
    private static final int LARGE = 1 << 17;
    /** Together with the 16 bytes of the header 64 bytes. */
    private static final int ROOM = 12;

    private Placement() {}

    /** Returns the offset of a new tensor's values; its array has so many more. */
    static int offset(int elements) {
        return elements < LARGE || elements > Integer.MAX_VALUE - 2 * ROOM ? 0 : ROOM;
    }
}
