package dev.lockstep.flow.registry;

import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits that an interrupt does not end: commit and asking go on (FLOW-DESIGN, section 15, row 24). The thread stays interrupted. */
final class Waiting {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private Waiting() {}

    /** The answer to a message. The outbox keeps the limit; the grace is for its timer. */
    static Reply answer(CompletionStage<Reply> sent, Duration limit) throws NoAnswerException {
        try {
            return uninterruptibly(sent.toCompletableFuture(), limit.plus(GRACE));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoAnswerException noAnswer) {
                throw noAnswer;
            }
            throw new NoAnswerException("the message could not be sent: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new NoAnswerException("no answer within " + limit.toMillis() + " ms", e);
        }
    }

    /** Lets a peer that gave no answer come to itself before it is asked again. */
    static void pause(Duration time) {
        try {
            uninterruptibly(new CompletableFuture<Void>(), time);
        } catch (ExecutionException | TimeoutException e) {
            return; // as it should be
        }
    }

    static <T> T uninterruptibly(CompletableFuture<T> future, Duration limit)
            throws ExecutionException, TimeoutException {
        Deadline deadline = Deadline.in(limit);
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return future.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
