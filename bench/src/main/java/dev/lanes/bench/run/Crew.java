package dev.lanes.bench.run;

import dev.lanes.bench.contestants.Contestants;
import dev.lanes.bench.problems.Suite;
import dev.lanes.bench.results.PeerStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The workers of all contestants at one number of threads, ours first. */
final class Crew implements AutoCloseable {
    private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();
    private final List<PeerStatus> peers = new ArrayList<>();
    private final Reply ours;

    /**
     * Starts them; a peer that cannot be run is told of in {@link #peers}.
     *
     * @throws IllegalStateException if lanes itself cannot be run
     */
    Crew(Suite suite, int threads) throws IOException {
        List<String> flags = WorkerProcess.heap(suite.makesTensors());
        WorkerProcess lanes =
                new WorkerProcess(suite.ours(), threads, Contestants.environment(suite.ours(), threads), flags);
        workers.put(Contestants.LANES, lanes);
        ours = lanes.greeting();
        if (ours.error() != null) {
            close();
            throw new IllegalStateException("lanes cannot be measured: " + ours.error());
        }
        for (String name : suite.peers()) {
            Map<String, String> variables = Contestants.environment(name, threads);
            WorkerProcess process = new WorkerProcess(name, threads, variables, flags);
            Reply greeting = process.greeting();
            PeerStatus status = status(name, greeting, variables);
            peers.add(status);
            if (status.available()) {
                workers.put(name, process);
            } else {
                process.close();
            }
        }
    }

    /** Returns what is recorded of a peer by what it said of itself and the variables that it was given. */
    static PeerStatus status(String name, Reply greeting, Map<String, String> variables) {
        boolean available = greeting.error() == null;
        Map<String, String> recorded = new TreeMap<>(variables);
        recorded.replaceAll((_, value) -> LocalPaths.leaveOut(value));
        return new PeerStatus(
                name,
                available,
                available ? greeting.detail() : "",
                available ? greeting.core() : "",
                available ? "" : LocalPaths.leaveOut(greeting.error()),
                recorded);
    }

    /** Returns what our worker said of itself. */
    Reply ours() {
        return ours;
    }

    /** Returns every peer, those that are missing too. */
    List<PeerStatus> peers() {
        return peers;
    }

    /** Returns the names of those that are there, ours first. */
    List<String> names() {
        return List.copyOf(workers.keySet());
    }

    /** Returns the worker of a name. */
    WorkerProcess worker(String name) {
        return workers.get(name);
    }

    @Override
    public void close() {
        workers.values().forEach(WorkerProcess::close);
    }
}
