package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Buys at a machine, whose application opens the scope, and takes its answers at their word. Thread-safe. */
final class Buyer {

    /** Of a scope: what works and is never asked to prepare is rolled back after it. */
    static final Duration SCOPE_LIMIT = Machines.PATIENCE;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final URI caller;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    Buyer(URI caller) {
        this.caller = caller;
    }

    /**
     * What is bought.
     *
     * @param order its id
     * @param productId of what
     * @param quantity how many pieces
     * @param shape who calls whom
     * @param isGivenUp whether the caller gives up after all its calls
     */
    record Wish(UUID order, int productId, int quantity, Shape shape, boolean isGivenUp) {

        static Wish of(int productId, int quantity, Shape shape) {
            return new Wish(UUID.randomUUID(), productId, quantity, shape, false);
        }

        Wish givenUp() {
            return new Wish(order, productId, quantity, shape, true);
        }
    }

    Answer buy(Wish wish) {
        try {
            return switch (send(wish, "").statusCode()) {
                case 201 -> Answer.YES;
                case 409 -> Answer.NO;
                default -> Answer.UNKNOWN;
            };
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Answer.NO; // it was never sent
        } catch (IOException e) {
            return Answer.LOST;
        }
    }

    /** Lets the caller call the product service at another address than that of its peer; the status and the text of the answer. */
    String buyAt(URI product, Wish wish) {
        return text(wish, "&at=" + product);
    }

    /** The same, in a scope that suppresses the transaction for this call. */
    String buyBeside(URI product, Wish wish) {
        return text(wish, "&suppressed=true&at=" + product);
    }

    private String text(Wish wish, String more) {
        try {
            HttpResponse<String> answer = send(wish, more);
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(Wish wish, String more) throws IOException {
        String path = "/buy?order=" + wish.order() + "&product=" + wish.productId() + "&quantity=" + wish.quantity()
                + "&shape=" + wish.shape().name() + "&givenUp=" + wish.isGivenUp() + "&limit=" + SCOPE_LIMIT.toSeconds()
                + more;
        try {
            return http.send(
                    HttpRequest.newBuilder(caller.resolve(path))
                            .timeout(ANSWER_LIMIT)
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
