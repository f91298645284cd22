package dev.lockstep.flow.wire;

import dev.lockstep.flow.trust.Peer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Sends messages to peers. Thread-safe, and waits for nobody. */
public interface Outbox {

    /**
     * Sends one, once.
     *
     * @param to the peer
     * @param message what to say
     * @param limit how long to wait for the answer
     * @return the answer; completed with {@link NoAnswerException} if there is no fact
     */
    CompletionStage<Reply> send(Peer to, Message message, Duration limit);
}
