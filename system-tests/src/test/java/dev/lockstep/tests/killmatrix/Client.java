package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.HeldLanes;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Orders and takes tickets over HTTP, and takes the answers at their word. Thread-safe. */
final class Client {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final URI server;
    private final Set<Integer> known = ConcurrentHashMap.newKeySet();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    Client(URI server) {
        this.server = server;
    }

    /** Places an order. */
    Answer place(UUID orderId, int productId, int quantity) {
        return post("orders", "orderId", orderId, productId, quantity);
    }

    /** Takes a ticket. A product that has just come to the shop is known to the server a moment later. */
    Answer takeTicket(UUID ticketId, int productId, int quantity) {
        awaitKnown(productId);
        return post("tickets", "ticketId", ticketId, productId, quantity);
    }

    /** Waits until the server knows a product that has just come. */
    void awaitKnown(int productId) {
        if (!known.contains(productId)) {
            Patience.until(ANSWER_LIMIT, () -> !isUnknown(productId));
        }
    }

    /** False also if nobody can be asked now. */
    private boolean isUnknown(int productId) {
        try {
            int status = send(HttpRequest.newBuilder(server.resolve("/api/tickets?productId=" + productId))
                            .timeout(ANSWER_LIMIT)
                            .build())
                    .statusCode();
            if (status == 200) {
                known.add(productId);
            }
            return status == 404;
        } catch (IOException e) {
            return false;
        }
    }

    private Answer post(String resource, String idField, UUID id, int productId, int quantity) {
        String wish = Json.createObjectBuilder()
                .add(idField, id.toString())
                .add("productId", productId)
                .add("quantity", quantity)
                .add("orderName", "of the kill matrix")
                .build()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/" + resource))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))
                .build();
        try {
            return answer(send(request));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Answer.NO; // it was never sent
        } catch (IOException e) {
            return Answer.LOST;
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200, 201, 202 -> Answer.YES;
            case 400, 404, 409, 429 -> Answer.NO;
            case 503 -> response.body().contains(":problem:not-placed") ? Answer.NO : unknown(response);
            default -> Answer.UNKNOWN;
        };
    }

    /** Who is told that nobody knows yet is told where and when to ask. */
    private static Answer unknown(HttpResponse<String> response) {
        if (response.body().contains(":problem:outcome-unknown")
                && !response.headers().map().keySet().containsAll(List.of("Location", "Retry-After"))) {
            throw new IllegalStateException(response.headers().map() + " with " + response.body());
        }
        return Answer.UNKNOWN;
    }

    /** Asks for an order: there, not there, or not to be told now. */
    Optional<Boolean> isThere(UUID orderId) {
        return told("orders/" + orderId, order -> Optional.of(true));
    }

    /** Asks for a ticket: READY, never to be, or not to be told now, since it waits. */
    Optional<Boolean> isReady(UUID ticketId) {
        return told("tickets/" + ticketId, ticket -> switch (ticket.getString("state")) {
            case "READY" -> Optional.of(true);
            case "SOLD_OUT" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** How many orders wait for a commit; empty if the server does not tell. */
    OptionalInt waitingOrders() {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return HeldLanes.waiting(send(request).body());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private Optional<Boolean> told(String path, Function<JsonObject, Optional<Boolean>> whenFound) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/" + path))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            HttpResponse<String> response = send(request);
            return switch (response.statusCode()) {
                case 200 -> whenFound.apply(json(response));
                case 404 -> isOfTheShop(response) ? Optional.of(false) : Optional.empty();
                default -> Optional.empty();
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** In the moment in which Payara opens its listener it may say 404 of its own, in HTML: nothing follows from that. */
    private static boolean isOfTheShop(HttpResponse<String> absence) {
        return absence.body().contains(":problem:no-such-");
    }

    private static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
