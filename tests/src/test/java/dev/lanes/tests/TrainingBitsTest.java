package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.cli.data.DataSources;
import dev.lanes.formats.WeightsDigest;
import dev.lanes.layers.data.Split;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.layers.training.TrainingListener;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.spi.Probe;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A network trained on the real digits ends with the same weights, bit for bit, for every number of threads, and, because
 * the build runs this at each width, for every width of the vectors.
 *
 * <p>The digest is written down here: it is the same on every machine, and whoever changes what the kernels or the layers
 * compute changes it knowingly.
 */
class TrainingBitsTest {
    private static final String WEIGHTS = "e502355dd860859fb9c76c37713f7f37eda66b4f46476a7dfd3f014f4e9a309d";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void should_end_with_the_same_weights(int threads) throws IOException {
        Probe vector = Engine.backends().stream()
                .filter(status -> status.name().equals("vector"))
                .findFirst()
                .orElseThrow()
                .probe();
        assumeTrue(vector.available(), vector::reason);
        try (Engine engine = Engine.builder().backend("vector").threads(threads).build()) {
            Split split = Split.stratified(DataSources.system().load("digits").train(), 0.1, 0.5, 7);
            Sequential net = SmallCnn.of(split.train().imageShape(), 10, new SeededRandom(7));
            Sgd sgd = Sgd.builder(net.parameters(), engine)
                    .learningRate(0.05)
                    .momentum(0.9)
                    .build();
            new Trainer(net, sgd, new TrainingConfig(1, 32, 7), engine)
                    .fit(split.train(), split.validation(), TrainingListener.none());
            assertEquals(WEIGHTS, WeightsDigest.sha256(Weights.of(net.parameters())));
        }
    }
}
