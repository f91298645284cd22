package dev.lockstep.tests.killmatrix;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * An order or a ticket from its client's side: what it was answered, and, if that left it open, what it was told when it sent the same once
 * more and asked again and again.
 *
 * @param world how it is bought
 * @param orderId the order
 * @param answered the answer, as soon as there is one
 * @param told the last word: there, not there, or none within the limit
 */
record Story(World world, UUID orderId, CompletableFuture<Answer> answered, CompletableFuture<Optional<Boolean>> told) {

    /** A client asks while the server is away, too, so its limit is no shorter than that of a start. */
    private static final Duration ASKING_LIMIT = PayaraProcess.START_LIMIT.plusSeconds(90);

    /** A client begins. */
    static Story begin(World world, Client client, int productId, int quantity, Executor threads) {
        UUID orderId = UUID.randomUUID();
        CompletableFuture<Answer> answered =
                CompletableFuture.supplyAsync(() -> world.place(client, orderId, productId, quantity), threads);
        return new Story(
                world,
                orderId,
                answered,
                answered.thenApplyAsync(
                        answer -> world.isOpenAfter(answer)
                                ? repeated(world, client, orderId, productId, quantity)
                                : Optional.of(answer == Answer.YES),
                        threads));
    }

    /** Impatient: before it asks it sends the same once more, which must be safe at every moment. */
    private static Optional<Boolean> repeated(World world, Client client, UUID orderId, int productId, int quantity) {
        Answer again = world.place(client, orderId, productId, quantity);
        return again == Answer.YES && !world.isOpenAfter(again) ? Optional.of(true) : lastWord(world, client, orderId);
    }

    private static Optional<Boolean> lastWord(World world, Client client, UUID orderId) {
        CompletableFuture<Boolean> word = new CompletableFuture<>();
        return Patience.until(ASKING_LIMIT, () -> {
                    world.isThere(client, orderId).ifPresent(word::complete);
                    return word.isDone();
                })
                .map(asked -> word.join());
    }

    /** Whether the server has done its part: an order is answered, a ticket is served. */
    boolean isDone() {
        return world.isTwoPhase() ? answered.isDone() : told.isDone();
    }

    /** Holds the last word against the books; empty if they agree. */
    Optional<String> contradiction(boolean isWritten) {
        Optional<Boolean> word = told.join();
        if (word.isEmpty()) {
            return Optional.of("order " + orderId + " was never decided for its client");
        }
        return word.get() == isWritten
                ? Optional.empty()
                : Optional.of("order " + orderId + ": its client was answered \"" + answered.join() + "\" and told "
                        + (word.get() ? "that it is there" : "that it is not there") + ", but it is "
                        + (isWritten ? "written" : "not written"));
    }
}
