package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.inside.OrderServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The participant in {@code WEB-INF/lib}, on a server that is as it comes. */
@EnabledIfSystemProperty(
        named = PayaraServerIT.INSTALLATION,
        matches = ".+",
        disabledReason = "it needs the full server; mvn verify -Ppayara-server unpacks one")
class ParticipantInWarIT {

    private static final int REDEPLOYMENTS = 4;
    private static final int PIECES = 100;

    private static PayaraServer server;

    private final Databases databases = TestDatabases.both();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = new PayaraServer(Path.of(System.getProperty(PayaraServerIT.INSTALLATION)));
        server.startPlain();
    }

    @AfterAll
    static void stop() throws Exception {
        try (PayaraServer stopping = server) {
            stopping.stop();
        }
    }

    /**
     * Scenario: each deployment brings a copy of its own. Expected outcome: all order, a copy beside a living one is told why it cannot, and the
     * old ones leave neither thread nor lock nor session. (Payara keeps some class loaders: of the first deployment, whatever came after.)
     */
    @Test
    void eachDeploymentOrders_andLeavesNothing() throws Exception {
        int productId = databases.productOf(PIECES);
        Path war = war("first");
        server.asadmin("deploy", "--name", "first", "" + war);
        assertThat(order("first", productId)).isEqualTo("committed");
        Footprint before = Footprint.of(server, databases);
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            server.asadmin("redeploy", "--name", "first", "" + war);
            assertThat(order("first", productId)).isEqualTo("committed");
        }
        AtomicReference<Footprint> after = new AtomicReference<>();
        server.await(() -> "as before: " + before + ", but " + after, () -> {
            after.set(Footprint.of(server, databases));
            return after.get().classLoaders() < before.classLoaders() + REDEPLOYMENTS
                    && after.get().sessions() == before.sessions()
                    && after.get().locks() == before.locks();
        });
        server.asadmin("deploy", "--name", "second", "" + war("second"));
        assertThat(order("second", productId)).contains("Another copy of the participant works in this server already");
        assertThat(order("first", productId)).isEqualTo("committed");

        server.asadmin("undeploy", "second");
        server.asadmin("undeploy", "first");

        server.await("no sessions and no locks", () -> {
            Footprint left = Footprint.of(server, databases);
            return left.sessions() == 0 && left.locks() == 0;
        });
        assertThat(server.jcmd("Thread.print")).noneMatch(line -> line.startsWith("\"lockstep-"));
        assertThat(databases.prepared()).isZero();
        assertThat(databases.stockOf(productId))
                .isEqualTo(PIECES - REDEPLOYMENTS - 2)
                .isEqualTo(PIECES - databases.orderedOf(productId));
        assertThat(server.printed()
                        .lines()
                        .filter(line -> line.contains("Payara's own transaction log or recovery is on")))
                .as("once for each copy that took part")
                .hasSize(1 + REDEPLOYMENTS)
                .allMatch(line ->
                        line.contains("configs.config.server-config.transaction-service.automatic-recovery=false"));
    }

    private String order(String application, int productId) throws Exception {
        URI address = server.url().resolve("/" + application + "/order?product=" + productId);
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private static Path war(String name) {
        Path war = TestFolders.target().resolve(name + ".war");
        ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClass(OrderServlet.class)
                .addAsLibraries(
                        TestFolders.distribution().resolve("participant.jar").toFile(),
                        TestFolders.distribution().resolve("postgresql.jar").toFile())
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        return war;
    }
}
