package dev.lockstep.tests.flow;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.testing.FlowDistribution;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.PayaraProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Payara Micro with one application, one database or none, and a part in flows. */
final class Machine extends PayaraProcess {

    private final Role role;
    private final Path folder;
    private final Address address;

    /**
     * A machine that does not run yet.
     *
     * @param role which
     * @param address where it listens
     * @param folder for its files
     * @param environment what its boot commands and its part in flows read
     */
    Machine(Role role, Address address, Path folder, Map<String, String> environment) {
        super(
                role.toString(),
                new PayaraMicro(
                        FlowDistribution.of(TestFolders.distribution().toAbsolutePath(), folder, role.database()),
                        Archives.of(role, folder),
                        PreparedFolder.payaraHome(),
                        address.application(),
                        environment,
                        folder.resolve("temp"),
                        folder.resolve("payara.log")));
        this.role = role;
        this.address = address;
        this.folder = folder;
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

    @Override
    protected ProcessBuilder command() {
        ProcessBuilder builder = payara().command();
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

    /** The application's listener is shut until the application is deployed. */
    @Override
    protected boolean isServing() {
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

    /** What it has said since its last start. */
    String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
