package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Where tests take tickets and ask for them.
 *
 * @param api the server
 */
public record TicketClient(OrderApi api) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    static String json(UUID ticketId, int productId, int quantity, String orderName) {
        return Json.createObjectBuilder()
                .add("ticketId", ticketId.toString())
                .add("productId", productId)
                .add("quantity", quantity)
                .add("orderName", orderName)
                .build()
                .toString();
    }

    /** Asks for a ticket. */
    HttpResponse<String> take(String json) {
        return api.post("api/tickets", json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** Takes a ticket, which must be given. */
    public UUID taken(int productId, int quantity, String orderName) {
        UUID ticketId = UUID.randomUUID();
        awaitKnown(productId);
        HttpResponse<String> response = take(json(ticketId, productId, quantity, orderName));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return ticketId;
    }

    /** Waits until the server gives tickets for a product that has just come to the shop. */
    void awaitKnown(int productId) {
        LauncherProcess.await(
                LIMIT,
                "product " + productId + " is known",
                () -> api.get("api/tickets?productId=" + productId).statusCode() == 200);
    }

    JsonObject ticket(UUID ticketId) {
        HttpResponse<String> response = api.get("api/tickets/" + ticketId);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return OrderApi.json(response);
    }

    String state(UUID ticketId) {
        return ticket(ticketId).getString("state");
    }

    /** Waits until the ticket is in a state. */
    JsonObject await(UUID ticketId, String state) {
        LauncherProcess.await(
                LIMIT, ticketId + " is " + state, () -> state(ticketId).equals(state));
        return ticket(ticketId);
    }

    /** Waits until the ticket has ended one way or the other. */
    String awaitEnd(UUID ticketId) {
        LauncherProcess.await(
                LIMIT, ticketId + " has ended", () -> !state(ticketId).equals("WAITING"));
        return state(ticketId);
    }
}
