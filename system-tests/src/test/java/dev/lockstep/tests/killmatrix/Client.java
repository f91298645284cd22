package dev.lockstep.tests.killmatrix;

import jakarta.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Orders over HTTP, and takes the answers at their word. Thread-safe. */
final class Client {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    Client(URI server) {
        this.server = server;
    }

    /** Places an order. */
    Answer place(UUID orderId, int productId, int quantity) {
        String order = Json.createObjectBuilder()
                .add("orderId", orderId.toString())
                .add("productId", productId)
                .add("quantity", quantity)
                .add("orderName", "of the kill matrix")
                .build()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/orders"))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order))
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
            case 200, 201 -> Answer.YES;
            case 400, 404, 409 -> Answer.NO;
            case 503 -> response.body().contains(":problem:not-placed") ? Answer.NO : Answer.UNKNOWN;
            default -> Answer.UNKNOWN;
        };
    }

    /** Asks for an order: there, not there, or not to be told now. */
    Optional<Boolean> isThere(UUID orderId) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/orders/" + orderId))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return switch (send(request).statusCode()) {
                case 200 -> Optional.of(true);
                case 404 -> Optional.of(false);
                default -> Optional.empty();
            };
        } catch (IOException e) {
            return Optional.empty();
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
