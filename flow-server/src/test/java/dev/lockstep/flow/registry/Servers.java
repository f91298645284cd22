package dev.lockstep.flow.registry;

import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.trust.Signatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Four servers that know each other: a client without a database, and three with one each. */
final class Servers implements AutoCloseable {

    /** Times so short that a test need not wait long, and so long that a busy machine keeps them. */
    static final FlowSettings QUICK = new FlowSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofMillis(1500),
            Duration.ofSeconds(30),
            8,
            8,
            5,
            Duration.ofMillis(300));

    /** Times that a very busy machine keeps, where no word is lost. */
    static final FlowSettings CALM = new FlowSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(40),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            8,
            8,
            5,
            Duration.ofMillis(300));

    private static final List<String> NAMES = List.of("client", "orders", "product", "stock");
    private static final int PORT = 8001;

    final MemoryNet net = new MemoryNet();
    final Server client;
    final Server orders;
    final Server product;
    final Server stock;

    Servers(Path folder) throws Exception {
        this(folder, CALM);
    }

    Servers(Path folder, FlowSettings settings) throws Exception {
        client = new Server("client", PORT, file(folder, "client"), net, settings, Optional.empty());
        orders = server(folder, "orders", 1, settings);
        product = server(folder, "product", 2, settings);
        stock = server(folder, "stock", 3, settings);
    }

    private Server server(Path folder, String name, int number, FlowSettings settings) throws Exception {
        MemoryDatabase database = new MemoryDatabase(name, number);
        return new Server(name, PORT + number, file(folder, name), net, settings, Optional.of(database));
    }

    private static Path file(Path folder, String self) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NAMES.size(); i++) {
            text.append(NAMES.get(i)).append(" = http://127.0.0.1:").append(PORT + i);
            text.append(" | http://127.0.0.1:").append(PORT + 500 + i);
            text.append(NAMES.get(i).equals(self) ? "" : " | " + key(NAMES.get(i), self))
                    .append('\n');
        }
        Path file = folder.resolve(self + ".peers");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /** Each pair of servers has its own. */
    private static String key(String one, String other) {
        String pair = one.compareTo(other) < 0 ? one + other : other + one;
        byte[] digest = Signatures.digest(pair.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** Waits for a state. */
    static void await(String what, BooleanSupplier state) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!state.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("not reached: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Whatever has happened: nothing is left open anywhere. */
    void awaitNothingOpen() {
        List.of(client, orders, product, stock).forEach(this::awaitNothingOpenAt);
    }

    void awaitNothingOpenAt(Server server) {
        await(
                "no open flow at " + server,
                () -> server.isDown() || server.node().registry().all().isEmpty());
    }

    @Override
    public void close() {
        List.of(client, orders, product, stock).forEach(Server::close);
    }
}
