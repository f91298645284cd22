package dev.lockstep.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A client's request, or those of several clients that are served together, from its arrival to the answer. Thread-safe. */
public final class ClientRequest implements AutoCloseable {

    private final Instant began;
    private final Consumer<ClientRequest> whenAnswered;
    private volatile Story story;
    private volatile Instant answeredAt;
    private volatile int status;
    private final Queue<Duration> waits = new ConcurrentLinkedQueue<>();

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

    /** {@return how long it took until all had their answers, empty as long as one of them waits} */
    public Optional<Duration> waited() {
        return Optional.ofNullable(answeredAt).map(end -> Duration.between(began, end));
    }

    /** {@return how long each client waited that has an answer} */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    boolean isAnswered() {
        return answeredAt != null;
    }

    Step step() {
        Step request = Step.begun(Step.Kind.REQUEST, "", began);
        Instant end = answeredAt;
        return end == null || status == 0 ? request : request.ended(end, Integer.toString(status));
    }

    /**
     * Notes the answer.
     *
     * @param answer its HTTP status
     */
    public void answered(int answer) {
        answered(answer, began);
    }

    /**
     * Notes the answer of one of several clients, by the thread that answers all of them. A yes for one is the transaction's.
     *
     * @param answer its HTTP status
     * @param came when its request came
     */
    public void answered(int answer, Instant came) {
        status = status == 0 ? answer : Math.min(status, answer);
        waits.add(Duration.between(came, Instant.now()));
    }

    /** All who will have an answer have it; events of this thread no longer belong to the request. */
    @Override
    public void close() {
        answeredAt = Instant.now();
        whenAnswered.accept(this);
    }
}
