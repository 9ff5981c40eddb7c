package dev.lanes.cli;

import picocli.CommandLine.IVersionProvider;

/** The lines of {@code lanes --version}. */
public final class Version implements IVersionProvider {
    /** Made by picocli. */
    public Version() {}

    /** Returns the version of lanes as the build stamped it into the module; outside a module, there is none. */
    public static String ofLanes() {
        var descriptor = Main.class.getModule().getDescriptor();
        return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
    }

    @Override
    public String[] getVersion() {
        String jdk = System.getProperty("java.vm.name") + " " + Runtime.version();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return new String[] {"lanes " + ofLanes() + " (" + jdk + ", " + system + ")"};
    }
}
