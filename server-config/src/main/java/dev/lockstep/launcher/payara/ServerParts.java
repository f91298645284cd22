package dev.lockstep.launcher.payara;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one server is made of, beside Payara itself.
 *
 * @param name what it is called in messages
 * @param application the archive that is deployed at the root
 * @param bootFiles the commands that configure it, one file after the other
 * @param libraries the jars of its lib folder
 * @param check a health check that the application brings, by which it is known to be there; empty if it need not bring one
 */
public record ServerParts(
        String name, Path application, List<Path> bootFiles, List<Path> libraries, Optional<String> check) {

    private static final List<String> PARTICIPANT = List.of("postgresql.jar", "participant.jar");

    /** Copies the lists. */
    public ServerParts {
        bootFiles = List.copyOf(bootFiles);
        libraries = List.copyOf(libraries);
    }

    /**
     * A server with the shop's two databases.
     *
     * @param distribution the folder that has all parts
     * @param application the shop
     * @return its parts
     */
    public static ServerParts ofShop(Path distribution, Path application) {
        return new ServerParts(
                "Payara Micro",
                application,
                List.of(distribution.resolve("lockstep.asadmin")),
                libraries(distribution, PARTICIPANT.stream()),
                Optional.of("\"databases\""));
    }

    /**
     * A server that transactions flow to and from.
     *
     * @param distribution the folder that has all parts
     * @param name the server's name
     * @param application its archive
     * @param pool the commands that make the pool of its database, if it has one
     * @return its parts
     */
    public static ServerParts withFlows(Path distribution, String name, Path application, Optional<Path> pool) {
        return new ServerParts(
                "Payara Micro (" + name + ")",
                application,
                Stream.concat(Stream.of(distribution.resolve("server.asadmin")), pool.stream())
                        .toList(),
                libraries(distribution, Stream.concat(PARTICIPANT.stream(), Stream.of("flow-server.jar"))),
                Optional.empty());
    }

    private static List<Path> libraries(Path distribution, Stream<String> names) {
        return names.map(distribution::resolve).toList();
    }
}
