package dev.lockstep.benchmarks;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.launcher.testing.FlowDistribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Three servers: a caller without a database, and the two services, each with its own; the same two databases as in one server. */
final class FlowInstallation {

    private static final List<String> NODES = List.of("caller", "product", "order");
    private static final int KEY_BYTES = 32;

    /** The servlet; it is never loaded here, where the server's API is missing. */
    private static final String CALLER = "dev/lockstep/benchmarks/caller/FlowedOrders.class";

    private final Path folder;
    private final Path original;
    private final Map<String, String> both;
    private final Map<String, URI> applications = new HashMap<>();
    private final Map<String, URI> protocols = new HashMap<>();
    private final Map<Set<String>, String> keys = new HashMap<>();

    private FlowInstallation(Path folder, Path original, Map<String, String> both) throws IOException {
        this.folder = folder;
        this.both = both;
        this.original = original;
        for (String node : NODES) {
            applications.put(node, freeAddress());
            protocols.put(node, freeAddress());
        }
    }

    /**
     * Starts them; returns when the caller takes orders.
     *
     * @param folder for all their data; what an earlier run left there is deleted
     * @param original what a server is made of
     * @param steps where deaths and restarts are told
     */
    static Installation start(Path folder, Path original, Steps steps) throws IOException {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        Settings settings = Installation.settings(folder);
        Supervision running = new Supervision(steps);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(() -> {}), "stop"));
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        DatabaseSettings product = Installation.database(settings.product(), secrets, folder, running);
        DatabaseSettings orders = Installation.database(settings.orders(), secrets, folder, running);
        FlowInstallation machines = new FlowInstallation(folder, original, settings.serverEnvironment(product, orders));
        running.start(machines.node("product", original.resolve("product.war"), Optional.of("product")));
        running.start(machines.node("order", original.resolve("order.war"), Optional.of("orders")));
        running.start(machines.node("caller", machines.callerWar(), Optional.empty()));
        return new Installation(
                () -> running.stop(() -> {}),
                folder,
                machines.applications.get("caller"),
                new Books(Schema.dataSource(product), Schema.dataSource(orders)));
    }

    private static URI freeAddress() throws IOException {
        return URI.create("http://127.0.0.1:" + Installation.freePort() + "/");
    }

    private FlowNode node(String name, Path application, Optional<String> database) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path distribution = FlowDistribution.of(original, own, database);
        Map<String, String> environment = new HashMap<>(both);
        environment.put("LOCKSTEP_SERVER_NAME", name);
        environment.put("LOCKSTEP_FLOW_NODE", name);
        environment.put("LOCKSTEP_FLOW_PEERS_FILE", peersFile(name, own).toString());
        environment.put("FLOW_PRODUCT", applications.get("product").toString());
        environment.put("FLOW_ORDER", applications.get("order").toString());
        return new FlowNode(
                name,
                applications.get(name),
                distribution,
                new PayaraMicro(
                        distribution,
                        application,
                        folder.getParent(),
                        applications.get(name),
                        environment,
                        own.resolve("temp"),
                        own.resolve("payara.log")));
    }

    private Path peersFile(String name, Path own) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String node : NODES) {
            String key = node.equals(name) ? "" : " | " + keys.computeIfAbsent(Set.of(name, node), pair -> newKey());
            lines.add(node + " = " + applications.get(node) + " | " + protocols.get(node) + key);
        }
        Path file = own.toAbsolutePath().resolve("peers");
        Files.write(file, lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    /** The servlet, and what it needs of ours. */
    private Path callerWar() throws IOException {
        return War.write(
                folder.toAbsolutePath().resolve("caller.war"), CALLER, List.of(TransactionFlow.class), Map.of());
    }
}
