package dev.lanes.examples;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.data.Split;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.optimisers.Sgd;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.training.EpochReport;
import dev.lanes.layers.training.Score;
import dev.lanes.layers.training.Trainer;
import dev.lanes.layers.training.TrainingConfig;
import dev.lanes.layers.training.TrainingListener;
import dev.lanes.numerics.Engine;

/** The recipe: split, check the loss at the start, learn a few examples by heart, train, choose, test once. */
final class RecipeExample implements Example {
    @Override
    public void run(Page page) {
        Engine engine = page.engine();
        Split split = Split.stratified(SmallImages.of(400, 1), 0.2, 0.2, 3);
        page.say(
                "1. split: %d to train, %d to choose by, %d to judge by",
                split.train().size(), split.validation().size(), split.test().size());

        Score start = trainer(network(1), 0.05, 1, engine).evaluate(split.train());
        page.say("2. before training the loss should be near log(4) = %.3f: %.3f", Math.log(4), start.loss());

        Dataset few = split.train().subset(new int[] {0, 1, 2, 3, 4, 5, 6, 7});
        Trainer heart = trainer(network(1), 0.05, 20, engine);
        heart.fit(few, few.subset(new int[0]), TrainingListener.none());
        page.say(
                "3. eight examples must be learnt by heart: accuracy %.3f",
                heart.evaluate(few).accuracy());

        page.say("4. choose the learning rate on the validation set:");
        double best = 0;
        double bestAccuracy = -1;
        for (double rate : new double[] {0.001, 0.01, 0.1}) {
            EpochReport last = fit(network(1), rate, split, engine);
            double accuracy = last.validation().orElseThrow().accuracy();
            page.say("   rate %.3f  loss %.3f  validation accuracy %.3f", rate, last.trainLoss(), accuracy);
            if (accuracy > bestAccuracy) {
                best = rate;
                bestAccuracy = accuracy;
            }
        }
        Sequential chosen = network(1);
        fit(chosen, best, split, engine);
        Score test = trainer(chosen, best, 1, engine).evaluate(split.test().open("the final judgement"));
        page.say("5. rate %.3f, judged once on the test set: %.3f", best, test.accuracy());
        page.say("%s", test.confusion().table());
    }

    private static EpochReport fit(Sequential net, double rate, Split split, Engine engine) {
        return trainer(net, rate, 5, engine)
                .fit(split.train(), split.validation(), TrainingListener.none())
                .getLast();
    }

    private static Trainer trainer(Sequential net, double rate, int epochs, Engine engine) {
        Sgd sgd = Sgd.builder(net.parameters(), engine)
                .learningRate(rate)
                .momentum(0.9)
                .build();
        return new Trainer(net, sgd, new TrainingConfig(epochs, 32, 7), engine);
    }

    private static Sequential network(long seed) {
        SeededRandom random = new SeededRandom(seed);
        return Sequential.builder()
                .add("conv", Conv2d.builder(1, 8, 3).padding(1).build(random))
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(6 * 6 * 8, 4).build(random))
                .build();
    }
}
