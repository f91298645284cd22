package dev.lockstep.tests.flow;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.testing.FlowDistribution;
import dev.lockstep.tests.PreparedFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One Payara Micro with the delivered archives of the examples. */
final class ExampleServer extends FlowingServer {

    private final ExampleNode node;

    /**
     * A server that does not run yet.
     *
     * @param node which
     * @param address where it listens
     * @param folder for its files
     * @param environment what its boot commands and its part in flows read
     * @param resources the JNDI names of its pool
     */
    ExampleServer(
            ExampleNode node, Address address, Path folder, Map<String, String> environment, List<String> resources) {
        super(
                node.toString(),
                address,
                new PayaraMicro(
                        distribution(node, folder, resources),
                        distribution().resolve(node.archives().get(0)),
                        PreparedFolder.payaraHome(),
                        address.application(),
                        environment,
                        folder.resolve("temp"),
                        folder.resolve("payara.log")));
        this.node = node;
    }

    /** With the pool of its database, if it has one. */
    private static Path distribution(ExampleNode node, Path folder, List<String> resources) {
        Path own = FlowDistribution.of(distribution(), folder, Optional.empty());
        node.database().ifPresent(database -> addPool(own.resolve("lockstep.asadmin"), database, resources));
        return own;
    }

    private static void addPool(Path commands, String database, List<String> resources) {
        try {
            StringBuilder all = new StringBuilder(Files.readString(commands));
            all.append(Files.readString(distribution().resolve("pool.asadmin"))
                    .replace("@DATABASE@", database.toUpperCase(Locale.ROOT))
                    .replace("@database@", database));
            for (String resource : resources) {
                all.append("\ncreate-jdbc-resource --connectionpoolid=" + database + "-pool jdbc/" + resource);
            }
            Files.writeString(commands, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected ProcessBuilder command() {
        ProcessBuilder builder = super.command();
        node.archives().stream().skip(1).forEach(archive -> builder.command()
                .addAll(List.of("--deploy", distribution().resolve(archive) + File.pathSeparator + "/bank")));
        return builder;
    }
}
