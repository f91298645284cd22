package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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

    private static final int REDEPLOYMENTS = 20;
    /** Threads of its own pools keep the application that made them, however many come later. */
    private static final int KEPT_BY_PAYARA = 5;

    private static final int CUSTOMERS = 2;
    private static final int PIECES = 1_000_000;
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(50);

    private static PayaraServer server;
    private static OrderApi api;

    private final Databases databases = TestDatabases.both();

    @BeforeAll
    static void startAndDeploy() throws Exception {
        server = new PayaraServer(Path.of(System.getProperty(INSTALLATION)));
        server.start();
        server.deployClientWar();
        api = new OrderApi(server.url());
        awaitReady();
    }

    private static void awaitReady() throws Exception {
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

    /**
     * Scenario: the WAR is deployed anew 20 times while customers order. Expected outcome: the old ones have left no thread, no class loader, no
     * session and no lock, and no order is written by half.
     */
    @Test
    void redeploymentsUnderLoad_leaveNothingBehind() throws Exception {
        int productId = databases.productOf(PIECES);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Callable<Integer>> customers = Collections.nCopies(CUSTOMERS, () -> order(productId, isOver));
        ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            List<Future<Integer>> orders =
                    customers.stream().map(threads::submit).toList();
            redeploy(); // what a server makes once is made
            Footprint before = Footprint.of(server, databases);
            for (int i = 0; i < REDEPLOYMENTS; i++) {
                redeploy();
            }
            isOver.set(true);
            for (Future<Integer> customer : orders) {
                assertThat(customer.get()).as("orders of a customer").isPositive();
            }
            AtomicReference<Footprint> after = new AtomicReference<>();
            server.await(() -> "nothing is left but " + before + ", seen " + after, () -> {
                after.set(Footprint.of(server, databases));
                return after.get().classLoaders() < before.classLoaders() + KEPT_BY_PAYARA
                        && after.get().threads() < before.threads() + REDEPLOYMENTS
                        && after.get().sessions() <= before.sessions()
                        && after.get().locks() == before.locks();
            });
        } finally {
            isOver.set(true);
            threads.shutdown();
        }
        Healed.await(databases);
        assertThat(databases.stockOf(productId)).isEqualTo(PIECES - databases.orderedOf(productId));
    }

    private static void redeploy() throws Exception {
        server.redeployClientWar();
        awaitReady();
    }

    /** Orders one piece after the other until told to stop, whatever the answer; returns how often the answer was yes. */
    private static int order(int productId, AtomicBoolean isOver) {
        int placed = 0;
        while (!isOver.get()) {
            try {
                String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "during a redeployment");
                HttpResponse<String> response = api.send(api.request("api/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(order)));
                placed += response.statusCode() == 201 ? 1 : 0;
            } catch (UncheckedIOException e) {
                LockSupport.parkNanos(AFTER_A_FAILURE.toNanos()); // the server is between two deployments
            }
        }
        return placed;
    }

    /** The listener was there before the application. */
    @Test
    void doorStandsBeforeTheServletContainer() {
        HttpResponse<String> refused = api.send(api.request("api/products;x"));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains(":not-found");
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
