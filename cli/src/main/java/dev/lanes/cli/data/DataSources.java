package dev.lanes.cli.data;

import dev.lanes.layers.data.DigitsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data sets that the command knows, and where they are on this machine.
 *
 * <p>{@code digits} comes with the program, on the class path. The others are looked for, each in a folder of its own
 * name, in the folder named by {@code -Dlanes.data} or else the environment's {@code LANES_DATA}, then in the user's
 * cache ({@code ~/.cache/lanes/data} on Linux), and {@code fashion-mnist} where Debian's package puts it. Nothing is
 * ever fetched from here. Immutable, safe for any thread.
 *
 * <pre>{@code
 * DataSources sources = DataSources.system();
 * sources.list().forEach(entry -> System.out.println(entry.name() + ": " + entry.summary()));
 * LoadedData mnist = sources.load("mnist");
 * }</pre>
 */
public final class DataSources {
    private static final String DIGITS = "digits";
    private static final String DIGITS_PACKAGE = "Maven org.openimaj:sandbox:1.3.10";
    private static final String DIGITS_FOLDER = "org/openimaj/ml/handwriting/";
    private static final List<String> DIGITS_FILES = List.of("inputs.csv", "outputs.csv");

    private final List<KnownSet> sets;
    private final DataFolders folders;
    private final ClassLoader loader;

    DataSources(List<KnownSet> sets, DataFolders folders, ClassLoader loader) {
        this.sets = List.copyOf(sets);
        this.folders = folders;
        this.loader = loader;
    }

    /** Returns the data sets of this machine and user. */
    public static DataSources system() {
        return new DataSources(
                Catalogue.SETS,
                DataFolders.of(System::getProperty, System::getenv),
                ClassLoader.getSystemClassLoader());
    }

    /**
     * What there is to say about a data set.
     *
     * @param name what it is called
     * @param summary how many images of what
     * @param licence what may be done with it
     * @param present whether it can be loaded
     * @param where the place it is at, or the places it was looked for
     * @param source the package it comes in
     */
    public record Entry(String name, String summary, String licence, boolean present, String where, String source) {}

    /** Returns the names of all data sets. */
    public List<String> names() {
        return Stream.concat(Stream.of(DIGITS), sets.stream().map(KnownSet::name))
                .toList();
    }

    /** Looks for all data sets. */
    public List<Entry> list() {
        return names().stream().map(this::entry).toList();
    }

    /**
     * Looks for one data set.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Entry entry(String name) {
        requireKnown(name);
        if (name.equals(DIGITS)) {
            boolean present = missingDigits().isEmpty();
            return new Entry(
                    DIGITS,
                    "5,000 handwritten digits, 20x20 grey, 10 classes, no test set",
                    "New BSD (the package); a sample of MNIST from the Stanford machine-learning course",
                    present,
                    present ? "comes with the program" : missingDigits() + " is not on the class path",
                    DIGITS_PACKAGE);
        }
        KnownSet set = known(name);
        Optional<Path> folder = find(set);
        return new Entry(
                name,
                set.summary(),
                set.licence(),
                folder.isPresent(),
                folder.map(Path::toString).orElseGet(() -> lookedFor(set)),
                set.source().toString());
    }

    /**
     * Reads a data set into memory.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws DataUnavailableException if it is not on this machine
     * @throws dev.lanes.layers.data.DataFormatException if its files are damaged
     * @throws IOException if they cannot be read
     */
    public LoadedData load(String name) throws IOException {
        requireKnown(name);
        if (name.equals(DIGITS)) {
            return loadDigits();
        }
        KnownSet set = known(name);
        Optional<Path> folder = find(set);
        if (folder.isEmpty()) {
            throw new DataUnavailableException(name + " is not on this machine; get it with ./lanes data get " + name
                    + " (" + lookedFor(set) + ")");
        }
        return set.reader().read(folder.get());
    }

    /** Returns the set of that name, which is known not to be the digits. */
    KnownSet known(String name) {
        return sets.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
    }

    /** Returns the first folder that has all files of a set. */
    Optional<Path> find(KnownSet set) {
        return candidates(set).stream()
                .filter(folder -> set.missingIn(folder).isEmpty())
                .findFirst();
    }

    /** Returns the folder a set is fetched to. */
    Path target(KnownSet set) {
        return folders.target(set.name());
    }

    /** Tells whether a set comes with the program. */
    boolean isBuiltIn(String name) {
        requireKnown(name);
        return name.equals(DIGITS);
    }

    private LoadedData loadDigits() throws IOException {
        String missing = missingDigits();
        if (!missing.isEmpty()) {
            throw new DataUnavailableException("digits: " + missing + " is not on the class path; it is in "
                    + DIGITS_PACKAGE + ", which ./lanes puts there");
        }
        try (InputStream inputs = loader.getResourceAsStream(DIGITS_FOLDER + DIGITS_FILES.get(0));
                InputStream outputs = loader.getResourceAsStream(DIGITS_FOLDER + DIGITS_FILES.get(1))) {
            return new LoadedData(DigitsReader.read(inputs, outputs), null);
        }
    }

    /** Returns the resource of the digits that is missing, or nothing. */
    private String missingDigits() {
        return DIGITS_FILES.stream()
                .map(DIGITS_FOLDER::concat)
                .filter(file -> loader.getResource(file) == null)
                .findFirst()
                .orElse("");
    }

    private List<Path> candidates(KnownSet set) {
        List<Path> candidates = new ArrayList<>();
        folders.roots().forEach(root -> candidates.add(root.resolve(set.name())));
        set.systemFolder().ifPresent(candidates::add);
        return candidates;
    }

    private String lookedFor(KnownSet set) {
        return candidates(set).stream()
                .map(folder -> !Files.isDirectory(folder)
                        ? folder.toString()
                        : folder + " without " + String.join(", ", set.missingIn(folder)))
                .collect(Collectors.joining("; ", "looked in ", ""));
    }

    private void requireKnown(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "there is no data set \"" + name + "\"; known are " + String.join(", ", names()));
        }
    }
}
