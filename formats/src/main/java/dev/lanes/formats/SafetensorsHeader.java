package dev.lanes.formats;

import dev.lanes.numerics.Tensor;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The header of a safetensors file, known to be consistent.
 *
 * @param entries the tensors in the order of their data, which begins at 0 and has no gaps
 * @param metadata texts by name
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    static final String DTYPE = "F32";

    private static final int ALIGNMENT = 8;
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * One tensor.
     *
     * @param begin where its bytes begin in the data
     * @param end where they end
     */
    record Entry(String name, int[] shape, long begin, long end) {}

    /**
     * Parses and checks a header.
     *
     * @param file the file, for messages
     * @param bytes the header
     * @param dataBytes the number of bytes that follow the header
     */
    static SafetensorsHeader parse(String file, byte[] bytes, long dataBytes) throws WeightsFormatException {
        SafetensorsHeader header = new SafetensorsJson(file, decode(file, bytes)).read();
        List<Entry> entries = new ArrayList<>(header.entries);
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long dataStart = (long) Long.BYTES + bytes.length;
        long reached = 0;
        for (Entry entry : entries) {
            if (entry.begin != reached) {
                throw new WeightsFormatException(
                        file,
                        dataStart + reached,
                        "tensor \"" + entry.name + "\" begins at byte " + entry.begin + " of the data, "
                                + (entry.begin < reached ? "inside another, which ends" : "but the one before ends")
                                + " at " + reached);
            }
            reached = entry.end;
        }
        if (reached != dataBytes) {
            throw new WeightsFormatException(
                    file,
                    dataStart + Math.min(reached, dataBytes),
                    (reached > dataBytes ? "is cut short" : "goes on after its end") + ": the tensors take " + reached
                            + " bytes, the file has " + dataBytes);
        }
        return new SafetensorsHeader(List.copyOf(entries), header.metadata);
    }

    /**
     * Returns the bytes of a header for tensors that follow each other in the order given.
     *
     * @throws IllegalArgumentException if {@link #parse} would not accept it
     */
    static byte[] encode(Map<String, Tensor> tensors, Map<String, String> metadata) {
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("safetensors: " + METADATA + " is not a name for a tensor");
        }
        StringWriter text = new StringWriter();
        long end = 0;
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeName(METADATA).writeStartObject();
                new TreeMap<>(metadata).forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                long begin = end;
                int[] shape = tensor.getValue().shape().toArray();
                end += (long) tensor.getValue().elements() * Float.BYTES;
                json.writeName(tensor.getKey()).writeStartObject();
                json.writeStringProperty("dtype", DTYPE);
                json.writeName("shape").writeArray(shape, 0, shape.length);
                json.writeName("data_offsets").writeArray(new long[] {begin, end}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return checked(text.toString(), end);
    }

    private static byte[] checked(String text, long dataBytes) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            int length = Math.ceilDiv(utf8.remaining(), ALIGNMENT) * ALIGNMENT;
            if (length > Safetensors.MOST_HEADER_BYTES) {
                throw new IllegalArgumentException("safetensors: the header would take " + length + " bytes, at most "
                        + Safetensors.MOST_HEADER_BYTES + " can be read");
            }
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) ' ');
            utf8.get(bytes, 0, utf8.remaining());
            // What is written can be read: the reader itself is the judge.
            parse("safetensors", bytes, dataBytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("safetensors: a name or text is no valid Unicode", e);
        } catch (WeightsFormatException e) {
            throw new IllegalArgumentException("safetensors: " + e.reason(), e);
        }
    }

    private static String decode(String file, byte[] bytes) throws WeightsFormatException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw new WeightsFormatException(file, (long) Long.BYTES + in.position(), "the header is not valid UTF-8");
        }
        return out.flip().toString();
    }
}
