package dev.lanes.openblas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at the first bytes of a shared library before the system's loader does. The loader says nothing of use about a
 * library for another processor, and a library that was cut short crashes the JVM instead of failing to load.
 */
final class LibraryFile {
    private static final int HEAD = 4096;

    private LibraryFile() {}

    /** Throws unless the file can be read, is whole, and is for this platform (where its format tells). */
    static void check(Path file, Platform platform) throws Refused {
        if (!Files.exists(file)) {
            throw new Refused(file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new Refused(file + " is not a file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
            while (head.hasRemaining() && channel.read(head) >= 0) {}
            head.flip();
            String builtFor = builtFor(head);
            if (builtFor == null) {
                throw new Refused(file + " is not a shared library");
            }
            if (!builtFor.isEmpty() && !builtFor.equals(platform.name())) {
                throw new Refused(file + " is built for " + builtFor + ", this JVM runs on " + platform.name());
            }
            if (endOfElf(head) > channel.size()) {
                throw new Refused(file + " is cut short: " + channel.size() + " of " + endOfElf(head) + " bytes");
            }
        } catch (IOException e) {
            throw new Refused(file + " cannot be read: " + e, e);
        }
    }

    /** Returns the platform, empty where it is not known, or null where this is no library. */
    private static String builtFor(ByteBuffer head) {
        if (head.limit() < 64) {
            return null;
        }
        return switch (head.getInt(0)) {
            case 0x464C457F -> elf(head.getShort(18)); // 0x7F "ELF", first byte lowest
            case 0xFEEDFACF -> machO(head.getInt(4));
            case 0xBEBAFECA -> ""; // several processors in one file
            default -> (head.getShort(0) & 0xFFFF) == 0x5A4D ? pe(head) : null; // "MZ"
        };
    }

    private static String elf(int machine) {
        return switch (machine) {
            case 62 -> "linux-x86_64";
            case 183 -> "linux-arm64";
            default -> "";
        };
    }

    private static String machO(int processor) {
        return switch (processor) {
            case 0x01000007 -> "macosx-x86_64";
            case 0x0100000C -> "macosx-arm64";
            default -> "";
        };
    }

    private static String pe(ByteBuffer head) {
        int header = head.getInt(0x3C);
        if (header < 0 || header > head.limit() - 6) {
            return "";
        }
        return switch (head.getShort(header + 4) & 0xFFFF) {
            case 0x8664 -> "windows-x86_64";
            case 0xAA64 -> "windows-arm64";
            default -> "";
        };
    }

    /** Returns where the table of sections ends, which stands last in a 64-bit ELF file; 0 for other formats. */
    private static long endOfElf(ByteBuffer head) {
        boolean elf64 = head.getInt(0) == 0x464C457F && head.get(4) == 2 && head.get(5) == 1;
        return elf64 ? head.getLong(40) + (long) (head.getShort(58) & 0xFFFF) * (head.getShort(60) & 0xFFFF) : 0;
    }
}
