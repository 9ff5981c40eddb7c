package dev.lanes.bench.run;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Keeps the folders of this machine out of the record, which others read and compare. */
final class LocalPaths {
    /** Not within a word, a relative path or an address of the web. */
    private static final String BEGIN = "(?<![\\w.~/-])";

    private static final Pattern ABSOLUTE = Pattern.compile(BEGIN + "/(?:[^/\\s:;,=\"']+/)*([^/\\s:;,=\"']+)");

    /** Where the launcher has the peers' libraries unpacked. */
    private static final Path PEERS = Path.of("bench", "target", "peers");

    private LocalPaths() {}

    /** Returns the text with paths relative to the project; of those elsewhere only the last name is left. */
    static String leaveOut(String text) {
        return leaveOut(text, project(Path.of(System.getProperty("lanes.bench.peers", ""))));
    }

    static String leaveOut(String text, Path project) {
        String relative = text.replaceAll(BEGIN + Pattern.quote(project + "/"), "");
        return ABSOLUTE.matcher(relative).replaceAll(".../$1");
    }

    /** Returns the project's folder, of which the launcher tells only that of the peers; otherwise the current one. */
    static Path project(Path peers) {
        return peers.isAbsolute() && peers.endsWith(PEERS)
                ? peers.getParent().getParent().getParent()
                : Path.of("").toAbsolutePath();
    }
}
