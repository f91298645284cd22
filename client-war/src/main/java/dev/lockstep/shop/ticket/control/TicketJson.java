package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.QueueLength;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.TicketReason;
import dev.lockstep.order.ticket.TicketState;
import dev.lockstep.order.ticket.TicketTotals;
import dev.lockstep.shop.order.ServiceJson;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/** Tickets as JSON. */
public final class TicketJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private TicketJson() {}

    /**
     * A ticket, with what matters in its state.
     *
     * @param ticket the ticket
     * @return its JSON
     */
    public static JsonObject of(Ticket ticket) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("ticketId", ticket.order().orderId().toString())
                .add("ticketNumber", ticket.number())
                .add("state", ticket.state().name())
                .add("productId", ticket.order().productId())
                .add("quantity", ticket.order().quantity())
                .add("orderName", ticket.order().orderName())
                .add("givenAt", ticket.givenAt().toString());
        ticket.place().ifPresent(place -> {
            json.add("place", place).add("called", ticket.called());
            ticket.secondsEach().ifPresent(seconds -> json.add("estimateSeconds", (long) Math.ceil(place * seconds)));
        });
        ticket.placed().ifPresent(order -> json.add("order", ServiceJson.order(order)));
        if (ticket.state() == TicketState.SOLD_OUT || ticket.state() == TicketState.FAILED) {
            ticket.reason().ifPresent(reason -> {
                json.add("reasonCode", reason.code().name()).add("reason", words(reason, ticket.order()));
                reason.available().ifPresent(available -> json.add("available", available));
            });
            json.add("attempts", ticket.attempts());
        }
        return json.build();
    }

    /** For people who read JSON; nobody takes it apart. */
    private static String words(TicketReason reason, NewOrder wanted) {
        return switch (reason.code()) {
            case OUT_OF_STOCK ->
                "Product " + wanted.productId() + " has " + reason.available().orElse(0) + " pieces left, "
                        + wanted.quantity() + " were asked for";
            case UNKNOWN_PRODUCT -> "There is no product " + wanted.productId();
            case ID_TAKEN -> "There is an order of this id already";
            case REFUSED, REJECTED -> reason.words().orElse("");
        };
    }

    /**
     * Tickets in the given order.
     *
     * @param tickets the tickets
     * @return their JSON
     */
    public static JsonArray of(List<Ticket> tickets) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        tickets.forEach(ticket -> json.add(of(ticket)));
        return json.build();
    }

    /**
     * How many tickets wait.
     *
     * @param queues some products' queues
     * @param totals of all products
     * @param limit so many may wait
     * @return the JSON
     */
    public static JsonObject queues(List<QueueLength> queues, TicketTotals totals, long limit) {
        JsonArrayBuilder each = JSON.createArrayBuilder();
        queues.forEach(queue -> {
            JsonObjectBuilder json = JSON.createObjectBuilder()
                    .add("productId", queue.productId())
                    .add("waiting", queue.waiting())
                    .add("called", queue.called());
            queue.secondsEach().ifPresent(seconds -> json.add("secondsEach", seconds));
            each.add(json);
        });
        return JSON.createObjectBuilder()
                .add("waiting", totals.waiting())
                .add("failed", totals.failed())
                .add("limit", limit)
                .add("products", totals.queues())
                .add("queues", each)
                .build();
    }
}
