package dev.lanes.formats;

import dev.lanes.numerics.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns tensors into little-endian bytes and back, a chunk at a time; every bit is kept, those of NaN too. */
final class FloatBytes {
    private static final int CHUNK_FLOATS = 1 << 14;

    private FloatBytes() {}

    /** Takes a piece of the bytes of a tensor. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        void accept(byte[] bytes, int length) throws E;
    }

    static <E extends Exception> void encode(Tensor tensor, Sink<E> sink) throws E {
        ByteBuffer chunk = chunk(tensor);
        for (int at = 0; at < tensor.elements(); at += CHUNK_FLOATS) {
            int length = Math.min(CHUNK_FLOATS, tensor.elements() - at);
            chunk.asFloatBuffer().put(tensor.array(), tensor.offset() + at, length);
            sink.accept(chunk.array(), length * Float.BYTES);
        }
    }

    static void decode(InputStream in, Tensor tensor) throws IOException {
        ByteBuffer chunk = chunk(tensor);
        for (int at = 0; at < tensor.elements(); at += CHUNK_FLOATS) {
            int length = Math.min(CHUNK_FLOATS, tensor.elements() - at);
            if (in.readNBytes(chunk.array(), 0, length * Float.BYTES) < length * Float.BYTES) {
                throw new EOFException();
            }
            chunk.asFloatBuffer().get(tensor.array(), tensor.offset() + at, length);
        }
    }

    private static ByteBuffer chunk(Tensor tensor) {
        return ByteBuffer.allocate(Math.min(CHUNK_FLOATS, tensor.elements()) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
