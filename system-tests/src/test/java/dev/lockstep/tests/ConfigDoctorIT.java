package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.operator.OperatorAccount;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.testing.PayaraLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on real servers that are really configured wrongly. */
class ConfigDoctorIT {

    @TempDir
    Path folder;

    private Supervision running;
    private Map<String, String> environment;
    private int httpPort;
    private String password = "for tests";

    @BeforeEach
    void nothingRuns() {
        PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        running = new Supervision(new Steps(log, Clock.systemUTC()));
        httpPort = FreePorts.one();
        environment = new HashMap<>();
        PreparedFolder.putInto(folder);
    }

    @AfterEach
    void stopAll() {
        running.stop(() -> {});
    }

    /** Scenario: a pool whose connections cannot prepare. Expected outcome: it is found by trying, and nothing is served. */
    @Tag("slow")
    @ConcurrentTest
    void poolThatIsNotXa_stopsTheStart() throws Exception {
        use("PRODUCT", start("product", List.of()));
        use("ORDERS", start("orders", List.of()));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> running.start(server(distributionWithPlainProductPool())))
                .withMessageContaining("jdbc/product is not an XA pool")
                .withMessageContaining("create it with --restype=javax.sql.XADataSource")
                .withMessageNotContaining("jdbc/orders");
    }

    /** Scenario: a database that does not answer. Expected outcome: where it was looked for, and what to set. */
    @Tag("slow")
    @ConcurrentTest
    void databaseThatDoesNotAnswer_stopsTheStart() {
        DatabaseSettings silent = settings("orders", FreePorts.one());
        use("PRODUCT", start("product", List.of()));
        use("ORDERS", silent);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> running.start(server(TestFolders.distribution())))
                .withMessageContaining("Connection to 127.0.0.1:" + silent.port() + " refused")
                .withMessageContaining("LOCKSTEP_ORDERS_DB_*");
    }

    /**
     * Scenario: one database for both, that cannot prepare and forgets, and settings that no launcher has looked at. Expected outcome:
     * everything is told at once.
     */
    @ConcurrentTest
    void oneUnsafeDatabaseForBoth_stopsTheStart() throws Exception {
        environment.put("LOCKSTEP_TICKET_ATTEMPTS", "1");
        environment.put("LOCKSTEP_TICKET_QUEUE_MAX", "many");
        environment.put("LOCKSTEP_HOST_NAMES", "shop.example:8080");
        DatabaseSettings product = start("product", List.of("max_prepared_transactions = 0", "fsync = off"));
        use("PRODUCT", product);
        use("ORDERS", product);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> running.start(server(TestFolders.distribution())))
                .withMessageContaining(
                        "jdbc/product (database product) cannot prepare: max_prepared_transactions is 0; set it to at least 32")
                .withMessageContaining("fsync is off; set fsync = on")
                .withMessageContaining("has no table customer_order")
                .withMessageContaining("LOCKSTEP_TICKET_ATTEMPTS=1 must be attempts, 2 to 100")
                .withMessageContaining("LOCKSTEP_TICKET_QUEUE_MAX=many must be tickets, 1 to 10000000")
                .withMessageContaining("LOCKSTEP_HOST_NAMES=shop.example:8080 must be host names or addresses")
                .withMessageContaining("jdbc/product and jdbc/orders both lead to the database product of one server");
    }

    /**
     * Scenario: the user's own databases, by environment variables alone, with passwords in which Payara would put something
     * else in, and with fewer slots than connections; later the slots run out. Expected outcome: a warning, orders are taken; without a slot the server is not ready, and an order is
     * refused without a trace.
     */
    @Tag("slow")
    @ConcurrentTest
    void doubtsWarn_andReadinessMeansThatBothCanPrepare() throws Exception {
        password = "${ENV=HOME} ${user.home} \"#\\ ${";
        DatabaseSettings product = start("product", List.of("max_prepared_transactions = 3"));
        DatabaseSettings orders = start("orders", List.of("full_page_writes = off", "synchronous_commit = off"));
        Path data = folder.resolve("data");
        PreparedFolder.linkProgramsInto(data);
        Map<String, String> settings = LauncherProcess.settings(data);
        own(settings, product);
        own(settings, orders);
        settings.put("LOCKSTEP_SERVER_NAME", "own-databases");
        settings.put("LOCKSTEP_DEMO_PRODUCTS", "true");
        try (LauncherProcess server = LauncherProcess.start(settings).awaitReady()) {
            assertThat(server.output())
                    .contains("Warning: jdbc/product: max_prepared_transactions is 3, less than the 32 connections")
                    .contains("Warning: jdbc/orders (database orders) may be damaged by a power cut")
                    .doesNotContain("Starting PostgreSQL");
            OrderApi api = server.api();
            assertThat(api.post(OrderApi.orderJson(UUID.randomUUID(), 3, 1, "a slot"))
                            .statusCode())
                    .isEqualTo(201);

            for (int i = 0; i < 3; i++) {
                execute(product, "BEGIN; SELECT 1; PREPARE TRANSACTION 'slot " + i + "'");
            }
            HttpResponse<String> health = api.send(api.request("health"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("3 of 3 prepared transactions in use");
            UUID refused = UUID.randomUUID();
            HttpResponse<String> order = api.post(OrderApi.orderJson(refused, 3, 1, "no slot"));
            assertThat(order.statusCode()).isEqualTo(503);
            assertThat(order.body()).contains(":not-placed");
            Databases databases = new Databases(Schema.dataSource(product), Schema.dataSource(orders));
            assertThat(databases.stockOf(3)).isEqualTo(4999);
            assertThat(databases.hasOrder(refused)).isFalse();

            for (int i = 0; i < 3; i++) {
                execute(product, "ROLLBACK PREPARED 'slot " + i + "'");
            }
            assertThat(api.send(api.request("health")).statusCode()).isEqualTo(200);
            assertThat(api.post(OrderApi.orderJson(refused, 3, 1, "no slot")).statusCode())
                    .isEqualTo(201);
        }
    }

    private DatabaseSettings start(String name, List<String> misconfiguration) {
        DatabaseSettings database = settings(name, FreePorts.one());
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(folder),
                database,
                folder.resolve(name),
                folder.resolve(name + ".log"),
                new Secrets(folder.resolve("secrets.properties")),
                misconfiguration);
        server.prepare();
        running.start(server);
        DatabaseSettings owner = server.provision();
        Schema.migrate(owner, true);
        if (name.equals("orders")) {
            new OperatorAccount(owner).makeIfMissing();
        }
        return database;
    }

    private DatabaseSettings settings(String name, int port) {
        return new DatabaseSettings(name, Optional.empty(), port, name, name, Optional.of(password));
    }

    private void use(String service, DatabaseSettings database) {
        String prefix = "LOCKSTEP_" + service + "_DB_";
        environment.put(prefix + "PORT", Integer.toString(database.port()));
        environment.put(prefix + "NAME", database.database());
        environment.put(prefix + "USER", database.user());
        environment.put(prefix + "PASSWORD", database.password().orElseThrow());
    }

    private static void own(Map<String, String> settings, DatabaseSettings database) {
        String prefix = "LOCKSTEP_" + database.name().toUpperCase(Locale.ROOT) + "_DB_";
        settings.put(prefix + "HOST", DatabaseSettings.LOOPBACK);
        settings.put(prefix + "PORT", Integer.toString(database.port()));
        settings.put(prefix + "PASSWORD", database.password().orElseThrow());
    }

    private PayaraMicro server(Path distribution) {
        return new PayaraMicro(
                distribution,
                PreparedFolder.payaraHome(),
                URI.create("http://127.0.0.1:" + httpPort + "/"),
                environment,
                folder.resolve("temp"),
                folder.resolve("payara.log"));
    }

    /** What a user gets who made the pool with a class and type that cannot prepare. */
    private Path distributionWithPlainProductPool() throws IOException {
        Path copy = Files.createTempDirectory(TestFolders.target(), "plain-");
        for (String name : List.of("payara-micro.jar", "client.war", "postgresql.jar", "participant.jar")) {
            Files.createSymbolicLink(
                    copy.resolve(name), TestFolders.distribution().resolve(name).toAbsolutePath());
        }
        String xa =
                "--restype=javax.sql.XADataSource --datasourceclassname=dev.lockstep.participant.ParticipantDataSource product-pool";
        String plain =
                "--restype=javax.sql.DataSource --datasourceclassname=org.postgresql.ds.PGSimpleDataSource product-pool";
        String commands = Files.readString(TestFolders.distribution().resolve("lockstep.asadmin"));
        assertThat(commands).contains(xa);
        Files.writeString(
                copy.resolve("lockstep.asadmin"),
                PayaraLog.withPasswords(commands).replace(xa, plain));
        return copy;
    }

    private static void execute(DatabaseSettings database, String sql) throws Exception {
        try (Connection connection = Schema.dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : sql.split("; ", -1)) {
                statement.execute(one);
            }
        }
    }
}
