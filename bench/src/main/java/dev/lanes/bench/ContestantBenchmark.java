package dev.lanes.bench;

import dev.lanes.bench.contestants.Candidate;
import dev.lanes.bench.contestants.Contestant;
import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.run.Stopwatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One row of the comparison by one contestant: what {@code lanes bench} runs without {@code --quick}, a fork for each
 * contestant in turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgs = {Bench.MODULES, Bench.NATIVE, Bench.HEAP, Bench.MOST_HEAP, Bench.UNSAFE})
public class ContestantBenchmark {
    private static final long WARM_UP_NANOS = 200_000_000L;
    /** For ours, whose larger methods take some tenths of a second to compile, in which nothing seems to happen. */
    private static final long COMPILING_NANOS = 500_000_000L;

    /** The operation and its shape, as in the report. */
    @Param("sgemm NN m512 n512 k512")
    public String problem;

    /** Who solves it, as in the report. */
    @Param("lanes")
    public String contestant;

    /** The threads that work on it. */
    @Param("1")
    public int threads;

    private Contestant library;
    private Candidate candidate;
    private Problem parsed;

    /** Made by JMH. */
    public ContestantBenchmark() {}

    /** Prepares the problem, checks the answer, and calls until all is compiled, which a busy machine does late. */
    @Setup(Level.Trial)
    public void prepare() {
        int blank = problem.indexOf(' ');
        parsed = Problem.of(problem.substring(0, blank), problem.substring(blank + 1));
        library = Contestants.open(contestant, threads);
        if (!library.invalid().isEmpty()) {
            throw new IllegalStateException(library.invalid());
        }
        candidate = library.prepare(parsed);
        candidate.run();
        parsed.verify(candidate::answer);
        long compiled = library.compiledAllocation(parsed);
        long nanos = compiled < Long.MAX_VALUE ? COMPILING_NANOS : WARM_UP_NANOS;
        new Stopwatch(false).warmUp(candidate::run, nanos, compiled);
    }

    /** Checks the answer once more, now of the compiled code, and frees what was taken. */
    @TearDown(Level.Trial)
    public void close() {
        parsed.verify(candidate::answer);
        candidate.close();
        library.close();
    }

    /** Solves the problem. */
    @Benchmark
    public void solve(GemmBenchmark.Work work) {
        candidate.run();
        work.gflops += parsed.flops() * 1e-9;
    }
}
