package dev.lanes.formats;

import dev.lanes.numerics.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names weights by their content, whatever file they are in: equal digests mean the same bits.
 *
 * <p>Hashed are, for each tensor in order: the length of the name and the name in UTF-8, the rank, the extents, and the
 * bits of all values in row-major order; every number as 32 bits, little-endian. Metadata are not hashed.
 */
public final class WeightsDigest {
    private WeightsDigest() {}

    /**
     * Returns the SHA-256 of names, shapes and values as 64 lower-case hexadecimal digits.
     *
     * @param tensors the tensors in order; the digest depends on the order
     */
    public static String sha256(Map<String, Tensor> tensors) {
        MessageDigest digest = sha256();
        tensors.forEach((name, tensor) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            update(digest, utf8.length);
            digest.update(utf8);
            update(digest, tensor.shape().rank());
            update(digest, tensor.shape().toArray());
            FloatBytes.encode(tensor, (bytes, length) -> digest.update(bytes, 0, length));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
