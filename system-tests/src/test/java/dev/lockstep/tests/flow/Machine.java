package dev.lockstep.tests.flow;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.testing.FlowDistribution;
import dev.lockstep.tests.PreparedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Payara Micro with one application, one database or none, and a part in flows. */
final class Machine extends FlowingServer {

    private final Role role;
    private final Path folder;

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
                address,
                new PayaraMicro(
                        FlowDistribution.of(distribution(), folder, role.database()),
                        Archives.of(role, folder),
                        PreparedFolder.payaraHome(),
                        address.application(),
                        environment,
                        folder.resolve("temp"),
                        folder.resolve("payara.log")));
        this.role = role;
        this.folder = folder;
    }

    Role role() {
        return role;
    }

    Path folder() {
        return folder;
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
                    address().applicationPort(),
                    new HttpMessage(
                            "GET /open-flows HTTP/1.1",
                            List.of("Host: 127.0.0.1:" + address().applicationPort(), "Connection: close"),
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
