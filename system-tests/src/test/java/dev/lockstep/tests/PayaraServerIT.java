package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What runs on Payara Micro runs on the full server too: the same WAR, configured by the same file. */
@EnabledIfSystemProperty(
        named = PayaraServerIT.INSTALLATION,
        matches = ".+",
        disabledReason = "it needs the full server; mvn verify -Ppayara-server unpacks one")
class PayaraServerIT {

    static final String INSTALLATION = "lockstep.payara.server";

    private static PayaraServer server;
    private static OrderApi api;

    private final Databases databases = TestDatabases.both();

    @BeforeAll
    static void startAndDeploy() throws Exception {
        server = new PayaraServer(Path.of(System.getProperty(INSTALLATION)));
        server.start();
        server.deployClientWar();
        api = new OrderApi(server.url());
        server.await("both databases are ready", () -> {
            HttpResponse<String> ready = api.send(api.request("health/ready"));
            return ready.statusCode() == 200 && ready.body().contains("\"databases\"");
        });
    }

    @AfterAll
    static void stop() throws Exception {
        try (PayaraServer stopping = server) {
            stopping.stop();
        }
    }

    @Test
    void everyBootCommandSucceeds() throws Exception {
        List<String> commands = Files.readAllLines(PayaraServer.commands()).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(server.printed().lines())
                .filteredOn(line -> line.contains("Boot Command"))
                .hasSameSizeAs(commands)
                .allMatch(line -> line.contains(" returned with result SUCCESS"));
    }

    /** So that passwords stay out of it, and another environment at the next start is another configuration. */
    @Test
    void domainKeepsVariablesNotTheirValues() throws Exception {
        assertThat(server.domainXml())
                .content()
                .contains("\"LOCKSTEP_PRODUCT_DB_PASSWORD\"", "\"${ENV=LOCKSTEP_ORDERS_DB_PORT:5442}\"")
                .doesNotContain(TestDatabases.product().password().orElseThrow());
    }

    @Test
    void placesAnOrderInBothDatabases() throws Exception {
        int productId = databases.productOf(5);
        UUID orderId = UUID.randomUUID();
        assertThat(api.get("api/products").body()).contains("\"productId\":" + productId);

        HttpResponse<String> response = api.post(OrderApi.orderJson(orderId, productId, 2, "on the full server"));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(databases.stockOf(productId)).isEqualTo(3);
        assertThat(databases.hasOrder(orderId)).isTrue();
        assertThat(databases.prepared()).isZero();
    }
}
