package dev.lanes.numerics;

import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.reference.ReferenceBackend;
import dev.lanes.numerics.kernels.vector.VectorBackend;
import dev.lanes.numerics.spi.BackendProvider;
import dev.lanes.numerics.spi.BackendProvider.Installed;
import dev.lanes.numerics.spi.Probe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the backends, resolves the one that was asked for, and says aloud when it is not the fast one. */
final class Backends {
    static final String AUTO = "auto";
    private static final AtomicBoolean FALLBACK_SAID = new AtomicBoolean();

    /** A table with its name, and what its installation left to keep. */
    record Resolved(String name, KernelTable table, int vectorBits, boolean deterministic, List<Runnable> releases) {}

    private Backends() {}

    private static Map<String, BackendProvider> providers(List<BackendStatus> broken) {
        Map<String, BackendProvider> found = new LinkedHashMap<>();
        found.put(ReferenceBackend.NAME, new ReferenceBackend());
        found.put(VectorBackend.NAME, new VectorBackend());
        Iterator<BackendProvider> others = ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!others.hasNext()) {
                    return found;
                }
                BackendProvider provider = others.next();
                found.putIfAbsent(provider.name(), provider);
            } catch (ServiceConfigurationError e) {
                broken.add(new BackendStatus(
                        "unknown",
                        Probe.unusable("a provider could not be loaded: " + e.getMessage(), "remove or repair it")));
            }
        }
    }

    static List<BackendStatus> status() {
        List<BackendStatus> status = new ArrayList<>();
        providers(status).forEach((name, provider) -> status.add(new BackendStatus(name, provider.probe())));
        return List.copyOf(status);
    }

    static Resolved resolve(String asked, int threads) {
        Map<String, BackendProvider> providers = providers(new ArrayList<>());
        String name = asked.equals(AUTO) ? automatic(providers) : asked;
        BackendProvider provider = providers.get(name);
        if (provider == null) {
            throw new BackendUnavailableException(
                    name, "there is no backend of that name", "choose " + AUTO + " or one of " + providers.keySet());
        }
        Probe probe = provider.probe();
        if (!probe.available()) {
            throw new BackendUnavailableException(name, probe.reason(), probe.remedy());
        }
        KernelTable.Builder table = new KernelTable.Builder();
        List<Runnable> releases = new ArrayList<>();
        Installed installed = install(provider, providers, table, threads, releases);
        return new Resolved(name, table.build(), installed.vectorBits(), installed.deterministic(), releases);
    }

    /** Fills the table from the base upwards, so that what is better stands before what it replaces. */
    private static Installed install(
            BackendProvider provider,
            Map<String, BackendProvider> providers,
            KernelTable.Builder table,
            int threads,
            List<Runnable> releases) {
        Installed below = null;
        if (!provider.base().equals(provider.name())) {
            BackendProvider base = providers.get(provider.base());
            boolean usable = base != null && base.probe().available();
            below = install(usable ? base : providers.get(ReferenceBackend.NAME), providers, table, threads, releases);
        }
        Installed own = provider.install(table, threads);
        releases.addFirst(own.release());
        if (below == null) {
            return own;
        }
        int bits = own.vectorBits() == 0 ? below.vectorBits() : own.vectorBits();
        return new Installed(bits, own.deterministic() && below.deterministic(), own.release());
    }

    /** Takes the fastest that needs no native code; never a native one unasked. */
    private static String automatic(Map<String, BackendProvider> providers) {
        Probe vector = providers.get(VectorBackend.NAME).probe();
        if (vector.available()) {
            return VectorBackend.NAME;
        }
        if (FALLBACK_SAID.compareAndSet(false, true)) {
            System.getLogger("dev.lanes")
                    .log(
                            System.Logger.Level.WARNING,
                            "lanes runs on its slow reference backend: " + vector.reason() + "; " + vector.remedy());
        }
        return ReferenceBackend.NAME;
    }
}
