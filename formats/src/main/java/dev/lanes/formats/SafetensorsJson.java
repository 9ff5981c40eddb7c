package dev.lanes.formats;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON text of a safetensors header and checks every tensor by itself. */
final class SafetensorsJson {
    private static final int MOST_AXES = 16;
    private static final int MOST_NAME_CHARACTERS = 4096;
    private static final int MOST_TEXT_CHARACTERS = 1 << 22;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names differ from file to file: remembering them would only fill memory.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxNumberLength(20)
                    .maxNameLength(MOST_NAME_CHARACTERS)
                    .maxStringLength(MOST_TEXT_CHARACTERS)
                    .maxDocumentLength(Safetensors.MOST_HEADER_BYTES)
                    .build())
            .build();

    private final String file;
    private final String text;
    private final List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private JsonParser json;

    SafetensorsJson(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Returns the tensors in the order of the text; how they lie to each other is not yet checked. */
    SafetensorsHeader read() throws WeightsFormatException {
        if (text.charAt(0) != '{') {
            throw failureAt(0, "the header does not begin with '{'");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            json = parser;
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = name();
                json.nextToken();
                if (name.equals(SafetensorsHeader.METADATA)) {
                    readMetadata();
                } else {
                    requireRoom(entries.size(), "tensors");
                    entries.add(readEntry(name));
                }
            }
            if (json.nextToken() != null) {
                throw failure("the header goes on after its end");
            }
            return new SafetensorsHeader(entries, metadata);
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
            throw failureAt(at, "the header is not the JSON it should be: " + e.getOriginalMessage());
        }
    }

    private void readMetadata() throws WeightsFormatException {
        require(JsonToken.START_OBJECT, SafetensorsHeader.METADATA, "an object of texts");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = name();
            json.nextToken();
            require(JsonToken.VALUE_STRING, "metadata \"" + name + "\"", "a text");
            requireRoom(metadata.size(), "metadata");
            metadata.put(name, unicode(json.getString()));
        }
    }

    private SafetensorsHeader.Entry readEntry(String name) throws WeightsFormatException {
        String tensor = "tensor \"" + name + "\"";
        require(JsonToken.START_OBJECT, tensor, "an object");
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String property = json.currentName();
            json.nextToken();
            switch (property) {
                case "dtype" -> {
                    require(JsonToken.VALUE_STRING, tensor + " dtype", "a text");
                    dtype = json.getString();
                }
                case "shape" -> shape = readNumbers(tensor + " shape");
                case "data_offsets" -> offsets = readNumbers(tensor + " data_offsets");
                default -> throw failure(tensor + " has an unknown property \"" + property + "\"");
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw failure(tensor + " has no " + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        return entry(name, tensor, dtype, shape, offsets);
    }

    private SafetensorsHeader.Entry entry(String name, String tensor, String dtype, long[] shape, long[] offsets)
            throws WeightsFormatException {
        if (!dtype.equals(SafetensorsHeader.DTYPE)) {
            throw failure(tensor + " has dtype " + dtype + ", only F32 can be read");
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw failure(tensor + " has data_offsets that are not a begin and an end");
        }
        int[] extents = new int[shape.length];
        long most = Integer.MAX_VALUE - 8;
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            // Neither factor exceeds an int, so the product fits a long.
            elements *= Math.min(shape[i], most + 1);
            if (shape[i] > most || elements > most) {
                throw failure(tensor + " has more than " + most + " values, the most one array can hold");
            }
            extents[i] = (int) shape[i];
        }
        if (offsets[1] - offsets[0] != elements * Float.BYTES) {
            throw failure(tensor + " has " + elements + " values in " + (offsets[1] - offsets[0]) + " bytes, needs "
                    + elements * Float.BYTES);
        }
        return new SafetensorsHeader.Entry(name, extents, offsets[0], offsets[1]);
    }

    private long[] readNumbers(String what) throws WeightsFormatException {
        require(JsonToken.START_ARRAY, what, "an array of whole numbers");
        long[] numbers = new long[MOST_AXES];
        int n = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.VALUE_NUMBER_INT, what, "an array of whole numbers");
            long number = json.getLongValue();
            if (number < 0) {
                throw failure(what + " has a negative number, " + number);
            }
            if (n == MOST_AXES) {
                throw failure(what + " has more than " + MOST_AXES + " numbers");
            }
            numbers[n++] = number;
        }
        return Arrays.copyOf(numbers, n);
    }

    private String name() throws WeightsFormatException {
        return unicode(json.currentName());
    }

    /** An escape can smuggle in half a surrogate pair, which no writer could write again. */
    private String unicode(String string) throws WeightsFormatException {
        if (!utf8.canEncode(string)) {
            throw failure("a name or text is no valid Unicode: \"" + string + "\"");
        }
        return string;
    }

    private void require(JsonToken token, String what, String needed) throws WeightsFormatException {
        if (json.currentToken() != token) {
            throw failure(what + " is not " + needed);
        }
    }

    private void requireRoom(int count, String what) throws WeightsFormatException {
        if (count == Safetensors.MOST_ENTRIES) {
            throw failure("there are more than " + Safetensors.MOST_ENTRIES + " " + what);
        }
    }

    private WeightsFormatException failure(String reason) {
        return failureAt(json.currentTokenLocation().getCharOffset(), reason);
    }

    private WeightsFormatException failureAt(long character, String reason) {
        if (character < 0 || character > text.length()) {
            return new WeightsFormatException(file, -1, reason);
        }
        int before = text.substring(0, (int) character).getBytes(StandardCharsets.UTF_8).length;
        return new WeightsFormatException(file, (long) Long.BYTES + before, reason);
    }
}
