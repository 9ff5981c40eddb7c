package dev.lanes.layers.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file read from front to back, plain or gzipped, that knows where it stands and how much can still come.
 *
 * <p>Everything wrong with the file is thrown as {@link DataFormatException} with the place. Offsets count the bytes
 * after decompression. No more is ever inflated than is asked for, and one byte to see that nothing follows.
 */
final class ByteSource implements Closeable {
    /** Deflate codes at best 258 bytes in 2 bits, so no gz file inflates to more than this many times its size. */
    private static final long MOST_INFLATION = 258 * 4;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final InputStream in;
    private final Gunzip gunzip;
    private final long fileBytes;
    private long position;

    private ByteSource(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.fileBytes = channel.size();
        ByteBuffer magic = ByteBuffer.allocate(2);
        channel.read(magic, 0);
        boolean gz = magic.position() == 2 && magic.get(0) == 0x1f && magic.get(1) == (byte) 0x8b;
        InputStream raw = Channels.newInputStream(channel);
        try {
            this.gunzip = gz ? new Gunzip(raw) : null;
        } catch (EOFException | ZipException e) {
            throw failure("is not a whole gz file: " + oneLine(e));
        }
        this.in = gz ? gunzip : raw;
    }

    static ByteSource open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataFormatException(
                    file.toString(), -1, Files.exists(file) ? "is not a file" : "there is no such file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ByteSource(file, channel);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Returns a failure at the place that was reached. */
    DataFormatException failure(String reason) {
        return failureAt(position, reason);
    }

    DataFormatException failureAt(long offset, String reason) {
        return new DataFormatException(file.toString(), offset, reason);
    }

    long position() {
        return position;
    }

    /** Throws unless exactly {@code bytes} more can follow; to be asked before memory is allocated for them. */
    void requireRemaining(long bytes, String what) throws DataFormatException {
        if (gunzip == null && fileBytes - position != bytes) {
            long found = fileBytes - position;
            throw failureAt(
                    position + Math.min(found, bytes),
                    (found < bytes ? "is cut short" : "goes on after its end") + ": " + what + " take " + bytes
                            + " bytes, the file has " + found);
        }
        if (gunzip != null && bytes > fileBytes * MOST_INFLATION) {
            throw failure(what + " take " + bytes + " bytes, more than a gz file of " + fileBytes + " bytes can hold");
        }
    }

    int readInt() throws IOException {
        byte[] bytes = new byte[4];
        readFully(bytes, 4);
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Fills the first {@code length} bytes of the buffer. */
    void readFully(byte[] buffer, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int read = read(buffer, done, length - done);
            if (read < 0) {
                throw failure("is cut short: at least " + (length - done) + " more bytes belong here");
            }
            done += read;
            position += read;
        }
    }

    /** Throws unless the file ends here. */
    void requireEnd() throws IOException {
        if (read(new byte[1], 0, 1) >= 0) {
            throw failure("goes on after the end of its data");
        }
        if (gunzip != null && gunzip.memberEnd() != fileBytes) {
            throw failure("goes on after the end of its compressed data, " + (fileBytes - gunzip.memberEnd())
                    + " bytes too many");
        }
    }

    private int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (EOFException e) {
            throw failure("is cut short: the compressed data end too early");
        } catch (ZipException e) {
            throw failure("has damaged compressed data: " + oneLine(e));
        }
    }

    private static String oneLine(IOException e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }

    /** Remembers how far the file was read, to tell whether something follows the compressed data. */
    private final class Gunzip extends GZIPInputStream {
        private long filledTo;

        Gunzip(InputStream raw) throws IOException {
            super(raw, BUFFER_BYTES);
        }

        @Override
        protected void fill() throws IOException {
            super.fill();
            filledTo = channel.position();
        }

        /** Returns where in the file the last member ends: after the deflated bytes and the 8 bytes of its trailer. */
        long memberEnd() {
            return filledTo - inf.getRemaining() + 8;
        }
    }
}
