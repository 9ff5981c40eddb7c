package dev.lanes.tests.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 in hexadecimal. */
public final class Digest {
    private Digest() {}

    /** Returns the digest of the names and bits of the results of one run; all NaN count as one. */
    public static String of(Map<String, double[]> results) {
        MessageDigest sha = sha();
        results.forEach((name, values) -> {
            sha.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
            for (double value : values) {
                bytes.putLong(Double.doubleToLongBits(value));
            }
            sha.update(bytes.flip());
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Returns the digest of a text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
