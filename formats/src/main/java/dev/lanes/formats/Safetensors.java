package dev.lanes.formats;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes weights in the safetensors format; of the element types only {@code F32}.
 *
 * <p>A file is the length of the header in 8 bytes, little-endian; the header, a JSON object that gives for each tensor
 * its {@code dtype}, {@code shape} and {@code data_offsets}, and texts under {@code __metadata__}; and the values, one
 * tensor after the other without gaps. The reader accepts nothing else: what the header says is checked against itself
 * and the size of the file before anything is allocated.
 *
 * <p>The bytes that are written depend on the arguments alone: tensors in the order of their map, metadata sorted by
 * name, the header padded with spaces to a multiple of 8 bytes.
 *
 * <pre>{@code
 * Safetensors.write(path, Map.of("conv1.weight", weight), Map.of("dataset", "mnist"));
 * Tensor weight = Safetensors.read(path).tensors().get("conv1.weight");
 * }</pre>
 */
public final class Safetensors {
    /** The largest header, in bytes, that is read or written: 16 MiB. */
    public static final int MOST_HEADER_BYTES = 1 << 24;

    /** The largest number of tensors, and of metadata, in one file. */
    public static final int MOST_ENTRIES = 1 << 16;

    private Safetensors() {}

    /**
     * Reads a file.
     *
     * @return the tensors in the order of their data, and the metadata
     * @throws WeightsFormatException if the file is missing or is not a whole and consistent safetensors file, or has a
     *     tensor of another type than {@code F32}
     * @throws IOException if the file cannot be read
     */
    public static WeightsFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsFormatException(
                    file.toString(), -1, Files.exists(file) ? "is not a file" : "there is no such file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(channel)) {
            long fileBytes = channel.size();
            byte[] headerBytes = readHeader(file.toString(), in, fileBytes);
            SafetensorsHeader header =
                    SafetensorsHeader.parse(file.toString(), headerBytes, fileBytes - Long.BYTES - headerBytes.length);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                Tensor tensor = Tensor.zeros(Shape.of(entry.shape()));
                FloatBytes.decode(in, tensor);
                tensors.put(entry.name(), tensor);
            }
            return new WeightsFile(tensors, header.metadata());
        } catch (EOFException e) {
            throw new WeightsFormatException(file.toString(), -1, "became shorter while it was read");
        }
    }

    /**
     * Writes a file, as a whole or not at all.
     *
     * @param tensors the tensors in the order in which they are to stand
     * @param metadata short texts about them; may be empty
     * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, a name or text is no valid Unicode,
     *     or there is more than the reader would accept
     * @throws IOException if the file cannot be written; it is then what it was before
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        byte[] header = SafetensorsHeader.encode(tensors, metadata);
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array();
        AtomicFile.write(file, out -> {
            out.write(length);
            out.write(header);
            for (Tensor tensor : tensors.values()) {
                FloatBytes.<IOException>encode(tensor, (bytes, count) -> out.write(bytes, 0, count));
            }
        });
    }

    private static byte[] readHeader(String file, InputStream in, long fileBytes) throws IOException {
        if (fileBytes < Long.BYTES) {
            throw new WeightsFormatException(
                    file, fileBytes, "is cut short: it has " + fileBytes + " bytes, the length of the header takes 8");
        }
        byte[] lengthBytes = in.readNBytes(Long.BYTES);
        if (lengthBytes.length < Long.BYTES) {
            throw new EOFException();
        }
        long length =
                ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MOST_HEADER_BYTES) {
            throw new WeightsFormatException(
                    file,
                    0,
                    "the length of the header is " + Long.toUnsignedString(length) + ", needs 2 to "
                            + MOST_HEADER_BYTES);
        }
        if (length > fileBytes - Long.BYTES) {
            throw new WeightsFormatException(
                    file,
                    fileBytes,
                    "is cut short: the header takes " + length + " bytes, the file has " + (fileBytes - Long.BYTES));
        }
        byte[] header = in.readNBytes((int) length);
        if (header.length < length) {
            throw new EOFException();
        }
        return header;
    }
}
