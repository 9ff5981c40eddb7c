package dev.lanes.cli;

import dev.lanes.cli.differentiate.DifferentiateCommand;
import dev.lanes.cli.doctor.DoctorCommand;
import dev.lanes.cli.predict.PredictCommand;
import dev.lanes.cli.train.TrainCommand;
import dev.lanes.cli.visualise.VisualiseCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code lanes} command.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 misused. Misuse and failure are told in one line on the error stream; the stack
 * trace is printed only with {@code --debug}.
 */
@Command(
        name = "lanes",
        description = "Trains and uses convolutional networks in plain Java.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT, // all commands have --help and --version
        versionProvider = Version.class,
        commandListHeading = "%nCommands:%n",
        subcommands = {
            TrainCommand.class,
            PredictCommand.class,
            VisualiseCommand.class,
            ExampleCommand.class,
            DataCommand.class,
            DifferentiateCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of what goes wrong.")
    private boolean debug;

    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        // What is printed is read by scripts too: the decimal point stays a point whatever the language of the user.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        return run(commandLine(), args);
    }

    /** Runs one command of {@code line} and returns its exit code. */
    static int run(CommandLine line, String... args) {
        var problems = new Problems(line.getErr(), args);
        line.setParameterExceptionHandler((e, rest) -> problems.misuse(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> problems.failure(e));
        try {
            return line.execute(args);
        } catch (Error e) { // picocli hands on exceptions only
            return problems.failure(e);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Called where no command was named. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
