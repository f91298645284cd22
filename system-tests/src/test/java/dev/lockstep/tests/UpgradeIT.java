package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder of an earlier version, left by a kill, starts with this one. */
@Tag("slow")
class UpgradeIT {

    private static final int CUP = DemoProduct.CUP.id();
    private static final UUID DECIDED = UUID.randomUUID();
    private static final UUID UNDECIDED = UUID.randomUUID();

    @TempDir
    Path data;

    /**
     * Scenario: tickets wait, one order's commit point is committed and its follower is not, another's are both prepared, an operator is
     * logged in. Expected outcome: all orders and audit lines are there; the tickets are served, the one order is committed, the other
     * rolled back, the books are even; the operator is still logged in, and logs in by the same password.
     */
    @Test
    void dataFolderOfAnEarlierVersion_losesNothing() throws Exception {
        PreparedFolder.putInto(data);
        Map<String, String> settings = LauncherProcess.settings(data);
        settings.put("LOCKSTEP_DEMO_PRODUCTS", "false");
        Databases databases = LauncherProcess.databases(settings);
        leaveAnEarlierVersionIn(settings, databases);

        try (LauncherProcess server = LauncherProcess.start(settings).awaitReady()) {
            assertThat(server.output()).contains("Settled before the tables change: 3 of 3 prepared branches");
            assertThat(databases.prepared()).isZero();
            TicketClient tickets = new TicketClient(server.api());
            for (int ticket = 3; ticket <= 4; ticket++) {
                UUID waiting = UUID.fromString("0000000" + ticket + "-0000-4000-8000-000000000002");
                assertThat(tickets.await(waiting, "READY").getInt("quantity")).isEqualTo(ticket);
            }
            assertThat(databases.hasOrder(DECIDED)).isTrue();
            assertThat(databases.hasOrder(UNDECIDED)).isFalse();
            assertThat(Databases.number(
                            databases.orders(),
                            "SELECT count(*) FROM customer_order WHERE order_name LIKE 'earlier %'"))
                    .isEqualTo(6);
            assertThat(databases.stockOf(CUP)).isEqualTo(5000 - 6 - 3 - 4 - 20);
            assertThat(Databases.number(databases.product(), "SELECT sum(product_initial - product_nums) FROM product"))
                    .isEqualTo(Databases.number(databases.orders(), "SELECT sum(quantity) FROM customer_order"));
            assertThat(Databases.number(databases.product(), "SELECT count(*) FROM operator_action"))
                    .isEqualTo(2);
            assertThat(Databases.number(databases.orders(), "SELECT count(*) FROM operator_action"))
                    .isEqualTo(3);

            OperatorClient operator = new OperatorClient(server.api());
            operator.useCookie(EarlierInstallation.SESSION);
            assertThat(operator.session().getString("operator")).isEqualTo("operator");
            assertThat(server.output()).doesNotContain("with the password");
            new OperatorClient(server.api()).enter(EarlierInstallation.OPERATOR_PASSWORD);
            EarlierInstallation.requireTakenOver(databases.product(), "participant", "console", "product", "rights");
            EarlierInstallation.requireTakenOver(databases.orders(), "participant", "console", "orders", "rights");
        }
    }

    private void leaveAnEarlierVersionIn(Map<String, String> settings, Databases databases) throws Exception {
        Supervision running = new Supervision(new Steps(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC()));
        try {
            Secrets secrets = new Secrets(data.resolve("secrets.properties"));
            startWithWhatItHad(running, "product", settings.get("LOCKSTEP_PRODUCT_DB_PORT"), secrets);
            startWithWhatItHad(running, "orders", settings.get("LOCKSTEP_ORDERS_DB_PORT"), secrets);
            leaveInDoubt(databases);
        } finally {
            running.stop(() -> {});
        }
    }

    private void startWithWhatItHad(Supervision running, String name, String port, Secrets secrets) throws Exception {
        DatabaseSettings database = new DatabaseSettings(
                name, Optional.empty(), Integer.parseInt(port), name, name, Optional.of(secrets.of(name)));
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(data),
                database,
                data.resolve(name),
                data.resolve(name + ".log"),
                secrets,
                List.of());
        server.prepare();
        running.start(server);
        server.provision();
        EarlierInstallation.load(Schema.dataSource(database.as("postgres", secrets.of(name + ".postgres"))), name);
    }

    private static void leaveInDoubt(Databases databases) throws SQLException {
        String decided = BranchesByHand.globalId("lockstep");
        follower(databases, decided, DECIDED, 20);
        commitPoint(databases, decided, 20);
        BranchesByHand.commit(databases.product(), BranchesByHand.commitPoint(decided, databases.product()));
        String undecided = BranchesByHand.globalId("lockstep");
        commitPoint(databases, undecided, 30);
        follower(databases, undecided, UNDECIDED, 30);
        assertThat(databases.prepared()).isEqualTo(3);
    }

    private static void commitPoint(Databases databases, String globalId, int pieces) throws SQLException {
        DataSource product = databases.product();
        BranchesByHand.prepare(
                product,
                BranchesByHand.commitPoint(globalId, product),
                BranchesByHand.decision(globalId, databases.orders())
                        + "; UPDATE product SET product_nums = product_nums - " + pieces + " WHERE product_id = "
                        + CUP);
    }

    private static void follower(Databases databases, String globalId, UUID orderId, int pieces) throws SQLException {
        BranchesByHand.prepare(
                databases.orders(),
                BranchesByHand.follower(globalId, databases.product()),
                "INSERT INTO customer_order VALUES ('" + orderId + "', 'in doubt', now(), " + CUP + ", " + pieces
                        + ")");
    }
}
