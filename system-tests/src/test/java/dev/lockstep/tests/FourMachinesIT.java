package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.tests.browser.FourMachinesPages;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** docs/four-machines.md: the order system with a server for each service, and a shop that has no database. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the first is the demonstration; the last kills
@EnabledIfSystemProperty(named = "lockstep.machines", matches = "true", disabledReason = "mvn verify -Pmachines")
class FourMachinesIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path data;

    private PlanProcess plan;
    private Databases databases;
    private OrderApi shop;

    @BeforeAll
    void start() {
        PreparedFolder.putInto(data);
        plan = PlanProcess.start(
                        data,
                        "shop",
                        Map.of(
                                "LOCKSTEP_DECISION_RETENTION",
                                "40",
                                "LOCKSTEP_SHOW_NAMES",
                                "true",
                                "LOCKSTEP_DEMO",
                                "true"))
                .awaitReady();
        databases = new Databases(plan.database("product"), plan.database("orders"));
        shop = new OrderApi(plan.server("client"));
        // The first order, for which all classes are loaded, may take longer than its transaction.
        LauncherProcess.await(LIMIT, "an order", () -> order(UUID.randomUUID(), DemoProduct.CUP.id(), 1) == 201);
    }

    @AfterAll
    void stop() {
        if (plan != null) {
            plan.close();
        }
    }

    /** Scenario: an order, the same once more, and one of the same id with other content. */
    @Test
    @Order(1)
    void order_isInBothDatabases_andOnce() throws SQLException {
        int product = databases.productOf(5);
        UUID orderId = UUID.randomUUID();
        assertThat(order(orderId, product, 2)).isEqualTo(201);
        assertThat(order(orderId, product, 2)).isEqualTo(200);
        assertThat(order(orderId, product, 3)).isEqualTo(409);
        assertThat(databases.stockOf(product)).isEqualTo(3);
        assertThat(databases.orderedOf(product)).isEqualTo(2);
        assertThat(shop.get("api/orders/" + orderId).body()).contains("\"quantity\":2");
        assertThat(shop.get("api/products?id=" + product).body()).contains("\"productNums\":3");
        assertThat(shop.get("api/orders?limit=1").body()).contains(orderId.toString());
    }

    @Test
    @Order(2)
    void soldOutProduct_isRefusedWithWhatThereIs_andNothingIsTaken() throws SQLException {
        int product = databases.productOf(1);
        assertThat(order(UUID.randomUUID(), product, 1)).isEqualTo(201);
        HttpResponse<String> refusal = shop.post(OrderApi.orderJson(UUID.randomUUID(), product, 1, "Late"));
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).contains("out-of-stock", "\"available\":0");
        assertThat(order(UUID.randomUUID(), 999_999_999, 1)).isEqualTo(404);
        assertThat(databases.ordersOf(product)).isEqualTo(1);
        assertThat(databases.prepared()).isZero();
    }

    @Test
    @Order(3)
    void orderPageAndPicture_showOneOrderOnThreeServers() {
        assumeTrue(FourMachinesPages.canBeSeen(), "there is no browser");
        FourMachinesPages.look(pages());
    }

    @Test
    @Order(7)
    void stopPage_holdsBeforeComplete_andBreaksWhatHeals() {
        assumeTrue(FourMachinesPages.canBeSeen(), "there is no browser");
        FourMachinesPages.stopAndBreak(pages());
        LauncherProcess.await(LIMIT, "nothing in doubt", this::isNothingPrepared);
    }

    private boolean isNothingPrepared() {
        try {
            return databases.prepared() == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Site pages() {
        return new Site() {
            @Override
            public String address() {
                return plan.server("client").toString().replaceFirst("/$", "");
            }

            @Override
            public HttpCookie operatorCookie() {
                OperatorClient operator = new OperatorClient(shop);
                operator.enter(plan.operatorPassword());
                return operator.sessionCookie();
            }
        };
    }

    /** What needs a database of the shop's own says where that is. */
    @Test
    @Order(3)
    void tickets_areNotHere() {
        HttpResponse<String> answer = shop.send(shop.request("api/tickets"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("problem:not-here", "no server of such a plan gives any");
    }

    /**
     * Scenario: the textbook's breakpoint before Complete(); meanwhile others look. Then the operator says no, and for the next one yes.
     * Expected outcome: nobody sees what is not committed; the first is in no database, the second in both.
     */
    @Test
    @Order(4)
    void orderThatStopsBeforeComplete_isNotSeen_andEndsAsTheOperatorSays() throws SQLException {
        OperatorClient operator = new OperatorClient(shop);
        operator.enter(plan.operatorPassword());
        int product = databases.productOf(5);
        for (String ending : new String[] {"rollback", "commit"}) {
            UUID orderId = UUID.randomUUID();
            String hold = held(operator, orderId, product);
            assertThat(databases.stockOf(product)).isEqualTo(5);
            assertThat(databases.hasOrder(orderId)).isFalse();
            assertThat(databases.isLocked(product)).isTrue();
            assertThat(shop.get("api/orders/" + orderId).statusCode()).isEqualTo(202);
            assertThat(operator.post(hold + "/" + ending, "").statusCode()).isEqualTo(202);
            String wanted = ending.equals("commit") ? "COMMITTED" : "ROLLED_BACK";
            LauncherProcess.await(LIMIT, wanted, () -> operator.get(hold).body().contains(wanted));
            assertThat(databases.hasOrder(orderId)).isEqualTo(ending.equals("commit"));
        }
        assertThat(databases.stockOf(product)).isEqualTo(4);
        HttpResponse<String> prepared = operator.post("api/holds", hold(UUID.randomUUID(), product, "PREPARED"));
        assertThat(prepared.statusCode()).isEqualTo(400);
        assertThat(prepared.body()).contains("must be WORK here");
    }

    /**
     * Scenario: the textbook's basicHttpBinding, which has no session: the client's peers file loses the order service's line, and has it again.
     * Expected outcome: the call is not sent, and the pieces that were taken before are back; then all is as before.
     */
    @Test
    @Order(5)
    void serviceThatIsNoPeer_isNotCalled_andNothingIsTaken() throws SQLException, IOException {
        int product = databases.productOf(1000);
        Path file = data.resolve("peers/client.peers");
        String whole = Files.readString(file);
        Files.writeString(file, whole.replaceAll("(?m)^order = .*\\R", ""));
        LauncherProcess.await(LIMIT, "a refusal", () -> order(UUID.randomUUID(), product, 1) == 503);
        assertThat(databases.stockOf(product)).isEqualTo(1000 - databases.orderedOf(product));
        Files.writeString(file, whole);
        LauncherProcess.await(LIMIT, "an order", () -> order(UUID.randomUUID(), product, 1) == 201);
        assertThat(databases.stockOf(product)).isEqualTo(1000 - databases.orderedOf(product));
    }

    /**
     * Scenario: the client's server dies (SIGKILL) while an order is held before complete().
     * Expected outcome: the launcher starts it again; both services have rolled back; the same order can be placed; the books agree.
     */
    @Test
    @Order(6)
    void killedClient_isStartedAgain_andWhatItLeftIsRolledBack() throws SQLException {
        OperatorClient operator = new OperatorClient(shop);
        operator.enter(plan.operatorPassword());
        int product = databases.productOf(5);
        UUID orderId = UUID.randomUUID();
        held(operator, orderId, product);
        ProcessHandle killed = plan.process("client");
        killed.destroyForcibly();
        killed.onExit().join();
        LauncherProcess.await(
                LIMIT, "the client is back", () -> plan.output().contains("Payara Micro (client) is back"));
        LauncherProcess.await(LIMIT, "the row is free", () -> isFree(product));
        LauncherProcess.await(LIMIT, "an order", () -> order(orderId, product, 1) == 201);
        assertThat(databases.stockOf(product)).isEqualTo(4);
        assertThat(databases.orderedOf(product)).isEqualTo(1);
        assertThat(databases.prepared()).isZero();
        // The session is signed, and kept by nobody.
        assertThat(operator.session().getString("operator")).isEqualTo("operator");
    }

    private boolean isFree(int product) {
        try {
            return !databases.isLocked(product);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String held(OperatorClient operator, UUID orderId, int product) {
        HttpResponse<String> answer = operator.post("api/holds", hold(orderId, product, "WORK"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String path = "api/holds/" + OrderApi.json(answer).getString("holdId");
        LauncherProcess.await(LIMIT, "HELD", () -> operator.get(path).body().contains("\"state\":\"HELD\""));
        return path;
    }

    private static String hold(UUID orderId, int product, String at) {
        return Json.createObjectBuilder()
                .add("orderId", orderId.toString())
                .add("productId", product)
                .add("quantity", 1)
                .add("orderName", "Held")
                .add("at", at)
                .build()
                .toString();
    }

    /** The status that a client gets; 0 if none. */
    private int order(UUID orderId, int product, int quantity) {
        try {
            return shop.post(OrderApi.orderJson(orderId, product, quantity, "Tea"))
                    .statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
