package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What runs operations on tensors: one backend, its threads and its scratch memory. All checks happen here, once.
 *
 * <p>The operations are grouped: {@link #matrix}, {@link #conv2d}, {@link #pool2d}, {@link #elementwise}, {@link #rows},
 * {@link #reduce}, {@link #normalise}, {@link #images}, {@link #update}.
 * Each comes in a form that writes into tensors of the caller's and allocates no arrays; the everyday ones also in a form
 * that returns a new tensor. With every backend but a native one the results have the same bits for every number of
 * threads and every vector width ({@link #deterministic}).
 *
 * <p>An engine may be used from many threads. One call at a time gets the worker threads; a call that finds them taken
 * runs on the caller's thread alone. Its threads are daemons; {@link #close} ends them.
 *
 * <pre>{@code
 * try (Engine engine = Engine.builder().threads(2).build()) {
 *     Tensor a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
 *     Tensor b = Tensor.of(Shape.of(2, 1), 5, 6);
 *     Tensor c = engine.matmul(a, b);   // [2, 1] {17, 39}
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
    private final Backends.Resolved backend;
    private final Parallel parallel;
    private final boolean shared;
    private final AtomicReference<Workspace> spare = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Workspace> moreSpares = new ConcurrentLinkedQueue<>();
    private final AtomicReference<List<Runnable>> releases;
    private final MatrixOps matrix = new MatrixOps(this);
    private final Conv2dOps conv2d = new Conv2dOps(this);
    private final Pool2dOps pool2d = new Pool2dOps(this);
    private final ElementwiseOps elementwise = new ElementwiseOps(this);
    private final RowOps rows = new RowOps(this);
    private final NormOps normalise = new NormOps(this);
    private final ImageOps images = new ImageOps(this);
    private final ReduceOps reduce = new ReduceOps(this);
    private final UpdateOps update = new UpdateOps(this);
    private volatile KernelTable table;
    private volatile boolean closed;

    private Engine(Backends.Resolved backend, Parallel parallel, boolean shared) {
        this.backend = backend;
        this.table = backend.table();
        this.parallel = parallel;
        this.shared = shared;
        this.releases = new AtomicReference<>(backend.releases());
    }

    /** Returns a builder: backend {@code auto}, all processors. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the engine of the whole program, made on first use with the defaults; closing it is an error. */
    public static Engine shared() {
        return Shared.ENGINE;
    }

    /** Made when first asked for; the JVM's class initialisation is the lock. */
    private static final class Shared {
        static final Engine ENGINE = builder().build(true);
    }

    /** Returns every backend that is known here, and what each says of itself. */
    public static List<BackendStatus> backends() {
        return Backends.status();
    }

    /** Returns the name of the backend in use: {@code vector}, {@code reference}, {@code openblas}. */
    public String backend() {
        return backend.name();
    }

    /** Returns the width of the vectors in use in bits; 0 where the backend has none. */
    public int vectorBits() {
        return backend.vectorBits();
    }

    /** Returns the number of threads that work on one operation, the caller's included. */
    public int threads() {
        return parallel.threads();
    }

    /** Tells whether results have the same bits for every number of threads and every vector width. */
    public boolean deterministic() {
        return backend.deterministic();
    }

    /** Returns the algorithms of each operation in the order in which they are tried. */
    public KernelTable kernels() {
        return table;
    }

    /** Returns the matrix products. */
    public MatrixOps matrix() {
        return matrix;
    }

    /** Returns the convolutions and their gradients. */
    public Conv2dOps conv2d() {
        return conv2d;
    }

    /** Returns the poolings and their gradients. */
    public Pool2dOps pool2d() {
        return pool2d;
    }

    /** Returns the functions of single elements. */
    public ElementwiseOps elementwise() {
        return elementwise;
    }

    /** Returns the operations along rows: sums, softmax, a vector added to each. */
    public RowOps rows() {
        return rows;
    }

    /** Returns what else is done with images: resampling, padding, cutting, joining. */
    public ImageOps images() {
        return images;
    }

    /** Returns the normalisations: batch, layer, group and instance. */
    public NormOps normalise() {
        return normalise;
    }

    /** Returns the reductions over chosen axes: sums, means, variances, maxima. */
    public ReduceOps reduce() {
        return reduce;
    }

    /** Returns the steps of optimisers. */
    public UpdateOps update() {
        return update;
    }

    /** Returns the new tensor {@code a * b}; see {@link MatrixOps#multiply}. */
    public Tensor matmul(Tensor a, Tensor b) {
        return matrix.multiply(a, b);
    }

    /** Returns the new tensor {@code conv(x, w) + bias}; see {@link Conv2dOps#forward}. */
    public Tensor conv2d(Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry) {
        Tensor y = Tensor.zeros(geometry.outputShape());
        conv2d.forward(x, w, bias, geometry, y);
        return y;
    }

    /** Returns the new tensor of each window's maximum; see {@link Pool2dOps#max}. */
    public Tensor maxPool2d(Tensor x, Pool2dGeometry geometry) {
        Tensor y = Tensor.zeros(geometry.outputShape());
        pool2d.max(x, geometry, y, null);
        return y;
    }

    /** Returns the new tensor {@code max(x, 0)}. */
    public Tensor relu(Tensor x) {
        Tensor y = Tensor.zeros(x.shape());
        elementwise.relu(x, y);
        return y;
    }

    /** Returns the new tensor of the softmax along the last axis; see {@link RowOps#softmax}. */
    public Tensor softmax(Tensor x) {
        Tensor y = Tensor.zeros(x.shape());
        rows.softmax(x, y, null);
        return y;
    }

    /** Returns a way to have the kernels of a network, or of given problems, compiled before anybody waits for them; see {@link WarmUp}. */
    public WarmUp warmUp() {
        return new WarmUp(this);
    }

    /** Does some work, telling the listener of every kernel that this engine chooses meanwhile, on whatever thread. */
    void telling(Consumer<KernelTable.Choice> listener, Runnable work) {
        table = backend.table().telling(listener);
        try {
            work.run();
        } finally {
            table = backend.table();
        }
    }

    /** Takes a workspace for one call. */
    Workspace borrow() {
        if (closed) {
            throw new IllegalStateException("this engine is closed");
        }
        Workspace workspace = spare.getAndSet(null);
        if (workspace == null) {
            workspace = moreSpares.poll();
        }
        return workspace == null ? new Workspace(parallel) : workspace;
    }

    /** Gives a workspace back after a call. */
    void giveBack(Workspace workspace) {
        if (!spare.compareAndSet(null, workspace)) {
            moreSpares.offer(workspace);
        }
    }

    /**
     * Ends the worker threads and frees what the backend took; operations after it throw. Closing twice does nothing.
     *
     * @throws UnsupportedOperationException for {@link #shared}, which others may be using
     */
    @Override
    public void close() {
        if (shared) {
            throw new UnsupportedOperationException("the shared engine is never closed; build one of your own");
        }
        closed = true;
        parallel.close();
        List<Runnable> once = releases.getAndSet(List.of());
        once.forEach(Runnable::run);
        spare.set(null);
        moreSpares.clear();
    }

    /** Returns backend, width and threads, as in {@code Engine[vector 512 bits, 2 threads]}. */
    @Override
    public String toString() {
        return "Engine[" + backend() + (vectorBits() == 0 ? "" : " " + vectorBits() + " bits") + ", " + threads()
                + (threads() == 1 ? " thread]" : " threads]");
    }

    /** Chooses what an engine runs on; not thread-safe. */
    public static final class Builder {
        private int threads = Runtime.getRuntime().availableProcessors();
        private String backend = Backends.AUTO;
        private Duration spin = Parallel.DEFAULT_SPIN;
        private Executor executor;

        private Builder() {}

        /**
         * Sets how many threads work on one operation, the caller's included; 1 starts none. The default is the number
         * of processors that the JVM sees, which respects a container's limit.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder threads(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("threads must be at least 1, not " + count);
            }
            threads = count;
            return this;
        }

        /** Sets the backend by name; {@code auto}, the default, takes the fastest that needs no native code. */
        public Builder backend(String name) {
            backend = Objects.requireNonNull(name, "backend");
            return this;
        }

        /** Sets how long a worker looks for the next operation before it parks; zero parks at once. */
        public Builder spin(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("spin must not be negative, is " + duration);
            }
            // A century is as good as for ever, and fits the nanoseconds of a long.
            spin = duration.compareTo(Duration.ofDays(36_500)) > 0 ? Duration.ofDays(36_500) : duration;
            return this;
        }

        /** Takes the helping threads from an executor of the caller's instead of starting any. */
        public Builder executor(Executor helpers) {
            executor = Objects.requireNonNull(helpers, "executor");
            return this;
        }

        /**
         * Returns the engine.
         *
         * @throws BackendUnavailableException if the backend cannot be used here, with the reason and a remedy
         */
        public Engine build() {
            return build(false);
        }

        private Engine build(boolean shared) {
            Backends.Resolved resolved = Backends.resolve(backend, threads);
            try {
                Parallel team =
                        executor == null ? Parallel.ofThreads(threads, spin) : Parallel.ofExecutor(threads, executor);
                return new Engine(resolved, team, shared);
            } catch (Throwable t) {
                resolved.releases().forEach(Runnable::run); // no threads to be had: give back what the backend took
                throw t;
            }
        }
    }
}
