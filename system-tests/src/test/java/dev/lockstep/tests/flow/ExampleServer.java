package dev.lockstep.tests.flow;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.testing.FlowDistribution;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.ChildProcess;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One Payara Micro with the delivered archives of the examples. */
final class ExampleServer {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ExampleNode node;
    private final Path folder;
    private final Address address;
    private final PayaraMicro payara;
    private ChildProcess process;
    private int starts;

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
        this.node = node;
        this.folder = folder;
        this.address = address;
        Path distribution = FlowDistribution.of(original(), folder, Optional.empty());
        node.database().ifPresent(database -> addPool(distribution.resolve("lockstep.asadmin"), database, resources));
        this.payara = new PayaraMicro(
                distribution,
                original().resolve(node.archives().get(0)),
                PreparedFolder.payaraHome(),
                address.application(),
                environment,
                folder.resolve("temp"),
                folder.resolve("payara.log"));
    }

    private static Path original() {
        return TestFolders.distribution().toAbsolutePath();
    }

    private static void addPool(Path commands, String database, List<String> resources) {
        try {
            StringBuilder all = new StringBuilder(Files.readString(commands));
            all.append(Files.readString(original().resolve("pool.asadmin"))
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

    Address address() {
        return address;
    }

    /** The log of the process that runs, or ran last. */
    Path log() {
        return payara.log();
    }

    /** Starts it, and returns at once. */
    void bringBack() {
        try {
            if (Files.exists(log())) {
                Files.move(log(), folder.resolve("payara-" + starts + ".log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts++;
        process = ChildProcess.start(command(), log());
    }

    private ProcessBuilder command() {
        ProcessBuilder builder = payara.command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        words.set(
                libraries,
                words.get(libraries) + File.pathSeparator + original().resolve(FlowDistribution.FLOW_SERVER));
        // Boots in half the time; the protocol is the same.
        words.add(words.indexOf("-cp"), "-XX:TieredStopAtLevel=1");
        node.archives().stream()
                .skip(1)
                .forEach(archive ->
                        words.addAll(List.of("--deploy", original().resolve(archive) + File.pathSeparator + "/bank")));
        return builder;
    }

    /** Waits until it serves; as under the launcher, a start that fails by chance is followed by another. */
    void awaitBack() {
        Patience.require(START_LIMIT, node + " serves; its log: " + log(), () -> {
            payara.failure().filter(failure -> !payara.hasFailedByChance()).ifPresent(failure -> {
                throw new IllegalStateException(node + ": " + failure + "; its log: " + log());
            });
            if (!process.isAlive() || payara.failure().isPresent()) {
                kill();
                bringBack();
            }
            return isServing();
        });
    }

    /** The applications' listener is shut until they are deployed. */
    private boolean isServing() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.applicationPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings it back if it is away, and lets it go on if it stands; returns when it serves. */
    void revive() {
        if (process.isAlive()) {
            thaw();
        } else {
            bringBack();
        }
        awaitBack();
    }

    /** SIGKILL. */
    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** SIGSTOP. */
    void freeze() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        process.signal("CONT");
    }
}
