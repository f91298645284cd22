package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockstep.jar archive} (A1 to A4 of dev.lockstep.launcher.archive) while the shop is open. */
@ExtendWith(AtTheShop.class)
class ArchiveIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /**
     * Scenario: an order, a ticket's order and a line of the audit are 100 days old. Expected outcome: they are in files, the orders in a
     * narrower table; the shop answers about them as before, takes neither id again, and misses no piece.
     */
    @Test
    void archivedOrders_areAnsweredAsBefore_andNoPieceIsMissing(RunningShop shop) throws Exception {
        OrderApi api = shop.api();
        TicketClient tickets = new TicketClient(api);
        int productId = shop.databases().productOf(9);
        UUID orderId = UUID.randomUUID();
        String order = OrderApi.orderJson(orderId, productId, 2, "茶 \"old\"");
        assertThat(api.post(order).statusCode()).isEqualTo(201);
        UUID ticketId = tickets.taken(productId, 3, "by ticket");
        tickets.await(ticketId, "READY");
        grow(shop.owner("orders"), productId);
        HttpResponse<String> orderBefore = api.get("api/orders/" + orderId);
        HttpResponse<String> ticketBefore = api.get("api/tickets/" + ticketId);

        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the sum", told -> told.containsKey("books"));
            LauncherProcess archive =
                    LauncherProcess.start(shop.settings(), "archive", "--older-than", "90d", "--to", folder.toString());
            assertThat(archive.awaitEnd()).as(archive::output).isZero();
            assertThat(archive.output())
                    .contains("Archived 2 orders and 0 tickets without an order, and took out 1 lines of the audit");

            assertThat(shop.databases().ordersOf(productId)).isZero();
            assertThat(written("orders")).contains(orderId.toString(), "茶 \\\"old\\\"", ticketId.toString());
            assertThat(written("audit-orders")).contains("who archives");
            assertThat(api.get("api/orders/" + orderId).body()).isEqualTo(orderBefore.body());
            assertThat(api.get("api/tickets/" + ticketId).body()).isEqualTo(ticketBefore.body());
            HttpResponse<String> again = api.post(order);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(orderBefore.body());
            HttpResponse<String> other = api.post(OrderApi.orderJson(orderId, productId, 1, "茶 \"old\""));
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body()).contains(":order-id-taken");
            assertThat(tickets.take(TicketClient.json(ticketId, productId, 3, "by ticket"))
                            .statusCode())
                    .isEqualTo(200);

            int ordered = events.books().getInt("ordered");
            assertThat(api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "new"))
                            .statusCode())
                    .isEqualTo(201);
            events.await(SOON, "a new sum", told -> told.getJsonObject("books").getInt("ordered") == ordered + 1);
            assertThat(events.books().getInt("missing")).isZero();
        }
        assertThat(shop.databases().stockOf(productId)).isEqualTo(3);
        assertThat(
                        Databases.count(
                                shop.databases().orders(),
                                "SELECT FROM operator_action WHERE decision = 'ARCHIVE' AND outcome = 'SETTLED' AND because LIKE 'Archived 2 orders%'"))
                .isEqualTo(1);
        assertThatExceptionOfType(SQLException.class)
                .as("the application")
                .isThrownBy(() -> execute(shop.databases().orders(), "DELETE FROM order_archive"))
                .withMessageContaining("permission denied");
    }

    private static void grow(DataSource owner, int productId) throws SQLException {
        execute(
                owner,
                "UPDATE customer_order SET create_time = create_time - interval '100 days' WHERE product_id = "
                        + productId
                        + "; INSERT INTO operator_action (at, operator, gid, decision, heuristic, reason, outcome)"
                        + " VALUES (now() - interval '100 days', 'who archives', '', 'RESET', false, 'statistics', 'SETTLED')");
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String written(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith(kind + "-2"))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
