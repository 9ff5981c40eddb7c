package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The weights of a convolution, arranged once as an engine's backend reads them fastest, for inference with weights that
 * no longer change; made by {@link Conv2dOps#prepare}.
 *
 * <p>A copy: later changes of the tensor do not reach it. It serves every batch and every size of image, but only the
 * channels, groups and window that it was made for, and only engines of the backend that made it, while the one that
 * made it is open. Immutable, safe for any thread.
 */
public final class PreparedConv2d {
    private final String backend;
    private final Conv2dGeometry geometry;
    private final Conv2dWeights weights;

    PreparedConv2d(String backend, Conv2dGeometry geometry, Conv2dWeights weights) {
        this.backend = backend;
        this.geometry = geometry;
        this.weights = weights;
    }

    /** Returns the geometry that the weights were prepared for. */
    public Conv2dGeometry geometry() {
        return geometry;
    }

    /** Returns the backend whose engines can use this. */
    public String backend() {
        return backend;
    }

    /**
     * Returns the call {@code y = finish(conv(x, w))} on these very tensors, checked now and then run as often as wanted:
     * a run checks and allocates nothing, and reads and writes what the tensors hold at the time.
     *
     * <p><b>Shapes</b>: as {@link Conv2dOps#forward(Tensor, PreparedConv2d, Conv2dGeometry, Finish, Tensor)}, which gives
     * the same bits. One thread at a time may run it.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives, or the geometry
     *     differs from that of the weights in more than batch and size of the image
     * @throws IllegalArgumentException if another backend prepared the weights, or y shares memory with another operand
     */
    public Runnable bind(Engine engine, Tensor x, Conv2dGeometry g, Finish finish, Tensor y) {
        Conv2dOps.requireImages(x, g, y);
        Conv2dWeights kept = weights(Conv2dOps.CONV2D, engine, g);
        Epilogue epilogue = finish.epilogue(Conv2dOps.CONV2D, y, g.outC(), g);
        return () -> {
            Workspace workspace = engine.borrow();
            try {
                kept.run(g, x.array(), x.offset(), y.array(), y.offset(), epilogue, workspace);
            } finally {
                engine.giveBack(workspace);
            }
        };
    }

    /** Returns what the kernel keeps, once backend and geometry are found to fit. */
    Conv2dWeights weights(String operation, Engine engine, Conv2dGeometry g) {
        if (!backend.equals(engine.backend())) {
            throw new IllegalArgumentException(operation + ": the weights were prepared by the backend " + backend
                    + ", this engine has " + engine.backend() + "; prepare them with it");
        }
        if (g.inC() != geometry.inC()
                || g.outC() != geometry.outC()
                || g.groups() != geometry.groups()
                || !g.window().equals(geometry.window())) {
            throw new ShapeMismatchException(
                    operation,
                    "the weights were prepared for " + geometry
                            + ", of which only the batch and the size of the image may change; " + g);
        }
        return weights;
    }

    /** Returns geometry and backend. */
    @Override
    public String toString() {
        return "PreparedConv2d[" + geometry + ", " + backend + "]";
    }
}
