package dev.lockstep.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A client's request, or those of several clients that are served together, from its arrival to the answer. Thread-safe. */
public final class ClientRequest implements AutoCloseable {

    private final Instant began;
    private final Consumer<ClientRequest> whenAnswered;
    private volatile Story story;
    private volatile Instant answeredAt;
    private volatile int status;

    ClientRequest(Instant began, Consumer<ClientRequest> whenAnswered) {
        this.began = began;
        this.whenAnswered = whenAnswered;
    }

    /** {@return when it came} */
    public Instant began() {
        return began;
    }

    /** {@return the HTTP status of the answer; 0 as long as there is none} */
    public int status() {
        return status;
    }

    /** {@return its transaction, null before that has begun} */
    public Story story() {
        return story;
    }

    void began(Story transaction) {
        story = transaction;
    }

    /** {@return how long the client waited for its answer, empty as long as it waits} */
    public Optional<Duration> waited() {
        return Optional.ofNullable(answeredAt).map(end -> Duration.between(began, end));
    }

    boolean isAnswered() {
        return answeredAt != null;
    }

    Step step() {
        Step request = Step.begun(Step.Kind.REQUEST, "", began);
        Instant end = answeredAt;
        return end == null ? request : request.ended(end, Integer.toString(status));
    }

    /**
     * Notes the answer.
     *
     * @param answer its HTTP status
     */
    public void answered(int answer) {
        status = answer;
    }

    /** The client has its answer; events of this thread no longer belong to the request. */
    @Override
    public void close() {
        answeredAt = Instant.now();
        whenAnswered.accept(this);
    }
}
