package dev.lanes.cli.data;

import dev.lanes.cli.data.DataPackage.Payload;
import dev.lanes.layers.data.MnistReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes small packages like those of the registries. */
final class TestPackages {
    private TestPackages() {}

    /** Returns the four files of a set of two training images and one test image of one pixel. */
    static Map<String, byte[]> mnistFiles(String prefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(prefix + MnistReader.FILES.get(0), idx(0x803, 2, 1, 1, new byte[] {10, 20}));
        files.put(prefix + MnistReader.FILES.get(1), idx(0x801, 2, new byte[] {3, 4}));
        files.put(prefix + MnistReader.FILES.get(2), idx(0x803, 1, 1, 1, new byte[] {30}));
        files.put(prefix + MnistReader.FILES.get(3), idx(0x801, 1, new byte[] {5}));
        return files;
    }

    private static byte[] idx(int magic, int count, byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(magic)
                .putInt(count)
                .put(body)
                .array();
    }

    private static byte[] idx(int magic, int count, int rows, int columns, byte[] body) {
        return ByteBuffer.allocate(16 + body.length)
                .putInt(magic)
                .putInt(count)
                .putInt(rows)
                .putInt(columns)
                .put(body)
                .array();
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static byte[] tgz(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gz = new GZIPOutputStream(bytes)) {
            gz.write(tar(files));
        }
        return bytes.toByteArray();
    }

    static byte[] xz(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(bytes, new LZMA2Options())) {
            xz.write(content);
        }
        return bytes.toByteArray();
    }

    /** Returns a Debian package whose data is one file, as in {@code data.tar.xz}. */
    static byte[] deb(String dataName, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(bytes)) {
            Map<String, byte[]> members = new LinkedHashMap<>();
            members.put("debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            members.put("control.tar.xz", new byte[3]);
            members.put(dataName, data);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ar.putArchiveEntry(new ArArchiveEntry(member.getKey(), member.getValue().length));
                ar.write(member.getValue());
                ar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }

    /** Returns what is wanted of a package: all these files, under the last part of their paths. */
    static List<Payload> payload(Map<String, byte[]> files) {
        List<Payload> payload = new ArrayList<>();
        files.forEach((path, bytes) ->
                payload.add(new Payload(path, path.substring(path.lastIndexOf('/') + 1), bytes.length, sha256(bytes))));
        return payload;
    }

    /** Returns a set laid out like MNIST, named {@code tiny}. */
    static KnownSet tiny(DataPackage source) {
        return new KnownSet(
                "tiny",
                "3 images",
                "free",
                MnistReader.FILES,
                folder -> LoadedData.of(MnistReader.read("tiny", folder, MnistReader.DIGITS)),
                Optional.empty(),
                source,
                Conversion.NONE);
    }
}
