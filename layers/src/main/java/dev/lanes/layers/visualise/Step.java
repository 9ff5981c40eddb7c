package dev.lanes.layers.visualise;

import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of a network that is walked through, {@code Sequential}s within it taken apart.
 *
 * @param name the path of the layer, as in {@code block1.conv}
 * @param layer the layer
 */
public record Step(String name, Layer layer) {
    /** Returns the layers of a network in order. */
    public static List<Step> of(Sequential network) {
        List<Step> steps = new ArrayList<>();
        collect("", network, steps);
        return List.copyOf(steps);
    }

    private static void collect(String path, Sequential network, List<Step> steps) {
        for (Sequential.Child child : network.children()) {
            String name = path + child.name();
            if (child.layer() instanceof Sequential inner) {
                collect(name + ".", inner, steps);
            } else {
                steps.add(new Step(name, child.layer()));
            }
        }
    }
}
