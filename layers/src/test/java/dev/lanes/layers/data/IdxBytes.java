package dev.lanes.layers.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes the bytes of small IDX files, right and wrong. */
final class IdxBytes {
    private IdxBytes() {}

    /** Returns a magic number and extents as they are told, and a body. */
    static byte[] file(int magic, int[] dims, byte... body) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * dims.length + body.length).putInt(magic);
        for (int dim : dims) {
            bytes.putInt(dim);
        }
        return bytes.put(body).array();
    }

    /** Returns an idx3 file of 2x1 images; pixel i is i. */
    static byte[] images(int n) {
        byte[] body = new byte[2 * n];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        return file(0x803, new int[] {n, 2, 1}, body);
    }

    static byte[] labels(int... labels) {
        byte[] body = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            body[i] = (byte) labels[i];
        }
        return file(0x801, new int[] {labels.length}, body);
    }

    static byte[] gz(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] join(byte[] a, byte... b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }
}
