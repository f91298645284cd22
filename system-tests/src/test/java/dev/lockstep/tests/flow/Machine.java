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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Payara Micro with one application, one database or none, and a part in flows. */
final class Machine implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Role role;
    private final Path folder;
    private final Address address;
    private final PayaraMicro payara;
    private ChildProcess process;
    private int starts;

    /**
     * A machine that does not run yet.
     *
     * @param role which
     * @param address where it listens
     * @param folder for its files
     * @param environment what its boot commands and its part in flows read
     */
    Machine(Role role, Address address, Path folder, Map<String, String> environment) {
        this.role = role;
        this.address = address;
        this.folder = folder;
        this.payara = new PayaraMicro(
                FlowDistribution.of(TestFolders.distribution().toAbsolutePath(), folder, role.database()),
                Archives.of(role, folder),
                PreparedFolder.payaraHome(),
                address.application(),
                environment,
                folder.resolve("temp"),
                folder.resolve("payara.log"));
    }

    Role role() {
        return role;
    }

    Path folder() {
        return folder;
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
            if (Files.exists(payara.log())) {
                Files.move(payara.log(), folder.resolve("payara-" + starts + ".log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts++;
        process = ChildProcess.start(command(), payara.log());
    }

    private ProcessBuilder command() {
        ProcessBuilder builder = payara.command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        if (!words.get(libraries).contains(FlowDistribution.FLOW_SERVER)) {
            words.set(
                    libraries,
                    words.get(libraries)
                            + File.pathSeparator
                            + TestFolders.distribution().toAbsolutePath().resolve(FlowDistribution.FLOW_SERVER));
        }
        // Boots in half the time; the protocol is the same.
        words.add(words.indexOf("-cp"), "-XX:TieredStopAtLevel=1");
        return builder;
    }

    /** Waits until its application answers; as under the launcher, a start that fails is followed by another. */
    void awaitBack() {
        Patience.require(START_LIMIT, role + " serves; its log: " + log(), () -> {
            if (!process.isAlive() || payara.failure().isPresent()) {
                kill();
                bringBack();
            }
            return isServing();
        });
    }

    /** Waits until its application answers; nothing may fail. */
    void awaitServing() {
        Patience.require(START_LIMIT, role + " serves; its log: " + log(), () -> {
            payara.failure().filter(failure -> !payara.hasFailedByChance()).ifPresent(failure -> {
                throw new IllegalStateException(role + ": " + failure + "; its log: " + log());
            });
            return isServing();
        });
    }

    /** The application's listener is shut until the application is deployed. */
    private boolean isServing() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.applicationPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flows that are not over here, or empty if it does not answer. */
    Optional<List<String>> openFlows() {
        return survey().map(answer ->
                new String(answer.body(), StandardCharsets.UTF_8).lines().toList());
    }

    /** How many flows are remembered here though they are over, or empty if it does not answer. */
    Optional<Integer> tombstones() {
        return survey().flatMap(answer -> answer.header("Tombstones")).map(Integer::valueOf);
    }

    private Optional<HttpMessage> survey() {
        try {
            HttpMessage answer = ForeignCaller.send(
                    address.applicationPort(),
                    new HttpMessage(
                            "GET /open-flows HTTP/1.1",
                            List.of("Host: 127.0.0.1:" + address.applicationPort(), "Connection: close"),
                            new byte[0]));
            return Optional.of(answer).filter(any -> any.status() == 200);
        } catch (UncheckedIOException e) {
            return Optional.empty();
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
        process.kill();
    }

    /** SIGSTOP. */
    void freeze() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        process.signal("CONT");
    }

    /** What it has said since its last start. */
    String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
    }
}
