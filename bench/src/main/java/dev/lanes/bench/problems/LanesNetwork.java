package dev.lanes.bench.problems;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.inference.Predictor;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Optimiser;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Iterator;

/** A network of a {@link NetworkProblem} in lanes, as its users write it. */
public final class LanesNetwork {
    private final Sequential network;
    private final Optimiser optimiser;
    private final Pass training;
    private final Engine engine;
    private final Tensor images;
    private final int[] labels;
    private Predictor predictor;

    /** Builds the network with the weights of the problem. */
    public LanesNetwork(NetworkProblem problem, Engine engine, int batch) {
        SeededRandom random = new SeededRandom(1);
        Sequential.Builder builder = Sequential.builder();
        for (int i = 0; i < problem.steps().size(); i++) {
            switch (problem.steps().get(i)) {
                case NetworkProblem.Conv c ->
                    builder.add(
                            "conv" + i,
                            Conv2d.builder(c.inC(), c.outC(), c.kernel())
                                    .padding(c.padding())
                                    .build(random));
                case NetworkProblem.Pool _ -> builder.add("pool" + i, new MaxPool2d(2));
                case NetworkProblem.Relu _ -> builder.add("relu" + i, new ReLU());
                case NetworkProblem.Flat _ -> builder.add("flatten" + i, new Flatten());
                case NetworkProblem.Full f ->
                    builder.add("fc" + i, Linear.builder(f.in(), f.out()).build(random));
            }
        }
        network = builder.build();
        Iterator<Parameter> parameters = network.parameters().iterator();
        for (int i = 0; i < problem.steps().size(); i++) {
            if (problem.weights(i).length > 0) {
                fill(parameters.next().value(), problem.weights(i));
                fill(parameters.next().value(), problem.biases(i));
            }
        }
        optimiser = Sgd.builder(network.parameters(), engine)
                .learningRate(NetworkProblem.LEARNING_RATE)
                .build();
        training = Pass.training(Tape.recording(engine), random);
        this.engine = engine;
        images = Tensor.of(Shape.of(batch, 28, 28, 1), problem.images(batch));
        labels = problem.labels(batch);
    }

    private static void fill(Tensor tensor, float[] values) {
        if (tensor.elements() != values.length) {
            throw new IllegalStateException("parameter " + tensor.shape() + ", but " + values.length + " values");
        }
        System.arraycopy(values, 0, tensor.array(), tensor.offset(), values.length);
    }

    /** Does one step of gradient descent and returns the loss before it. */
    public float train() {
        predictor = null; // it has the weights of before
        training.tape().reset();
        Variable scores = network.forward(training.tape().constant(images), training);
        Variable loss = SoftmaxCrossEntropy.of(scores, labels, training);
        optimiser.step(training.tape().backward(loss));
        return loss.value().item();
    }

    /** Returns the scores of the images. */
    public Tensor infer() {
        if (predictor == null) {
            predictor = Predictor.of(network, images.shape(), engine);
        }
        return predictor.run(images);
    }
}
