package dev.lockstep.launcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server of one service is made of, or one that only calls others: no pool but that of its own database. */
public final class FlowDistribution {

    /** What lies beside the participant in the class path of a server with flows. */
    public static final String FLOW_SERVER = "flow-server.jar";

    private FlowDistribution() {}

    /**
     * Puts it together.
     *
     * @param original the folder that the build made, absolute
     * @param folder where to put the other one
     * @param database the name of its database, {@code product} or {@code orders}, if it has one
     * @return the other one's folder
     */
    public static Path of(Path original, Path folder, Optional<String> database) {
        try {
            Path distribution = Files.createDirectories(folder.resolve("distribution"));
            for (String jar : List.of("payara-micro.jar", "postgresql.jar", "participant.jar", FLOW_SERVER)) {
                Files.createSymbolicLink(distribution.resolve(jar), original.resolve(jar));
            }
            String pool =
                    database.isEmpty() ? "" : Files.readString(original.resolve(database.get() + "-pool.asadmin"));
            Files.writeString(
                    distribution.resolve("lockstep.asadmin"),
                    Files.readString(original.resolve("server.asadmin")) + "\n" + pool);
            return distribution;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
