package dev.lanes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user in one line what went wrong, and picks the exit code. */
final class Problems {
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private final PrintWriter err;
    private final boolean debug;

    /** The arguments are looked at directly, because {@code --debug} must work where they cannot be parsed. */
    Problems(PrintWriter err, String... args) {
        this.err = err;
        debug = List.of(args).contains("--debug");
    }

    /** Reports arguments that make no sense. */
    int misuse(ParameterException e) {
        return tell(
                describe(e) + "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help", e, MISUSED);
    }

    /** Reports what stopped a command; a {@link MisuseException} is the user's to mend, all else a failure. */
    int failure(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        return tell(describe(cause), thrown, cause instanceof MisuseException ? MISUSED : FAILED);
    }

    private int tell(String message, Throwable thrown, int exitCode) {
        err.println("lanes: " + oneLine(message));
        if (debug) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return exitCode;
    }

    private static String describe(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            boolean command = !unmatched.isUnknownOption()
                    && !e.getCommandLine().getSubcommands().isEmpty();
            String kind = unmatched.isUnknownOption()
                    ? "unknown option"
                    : command ? "unknown command" : "unexpected argument";
            List<String> similar = unmatched.getSuggestions();
            String hint = similar.isEmpty() ? "" : ", did you mean " + similar.getFirst() + "?";
            return kind + " '" + word + "'" + hint;
        }
        String message = String.valueOf(e.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return switch (cause) {
            case OutOfMemoryError e -> "not enough memory: " + message + "; give more with LANES_JAVA_OPTS=-Xmx4g";
            case NoSuchFileException e -> "no such file: " + message;
            case AccessDeniedException e -> "no permission: " + message;
            case FileAlreadyExistsException e -> "already there: " + message;
            case NotDirectoryException e -> "not a folder: " + message;
            case FileSystemException e -> message;
            case Exception e when message != null && isMeantForUsers(e) -> message;
            default -> "internal error: " + cause + "; --debug prints the stack trace";
        };
    }

    /** The library says in its exceptions of these kinds what is wrong and what would fit; others are our own bugs. */
    private static boolean isMeantForUsers(Exception e) {
        return e instanceof IOException
                || e.getClass() == IllegalArgumentException.class
                || e.getClass() == IllegalStateException.class
                || e instanceof UnsupportedOperationException
                || e.getClass().getName().startsWith("dev.lanes.");
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable t = thrown;
        while ((t instanceof UncheckedIOException || t instanceof ExecutionException) && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
