package dev.lockstep.lab.hold.control;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Veto;
import dev.lockstep.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An order that is held in the middle of its transaction: its thread waits, for somebody's word or for the end of its time.
 *
 * <p>Held after the work, that is a matter of the application alone. Held after the prepares, the thread waits within the participant's
 * event of the last vote, so nothing is decided, and a {@link Veto} rolls back. Thread-safe.
 */
public final class Hold implements TransactionListener {

    private final UUID id = UUID.randomUUID();
    private final NewOrder order;
    private final HoldPoint at;
    private final Duration limit;
    private final String operator;
    private final Instant deadline;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final CompletableFuture<HoldState> over = new CompletableFuture<>();
    private final Set<String> working = new HashSet<>();

    private volatile Thread thread;
    private volatile ClientRequest request;
    private volatile String globalId = "";
    private volatile Optional<Writers> writers = Optional.empty();
    private volatile Optional<Problem> problem = Optional.empty();
    private volatile boolean hasSaidNo;
    private volatile HoldState state = HoldState.PLACING;

    /**
     * A hold that begins now.
     *
     * @param order what is ordered
     * @param at where to hold it
     * @param limit for how long at most, counted from now
     * @param operator who wants it
     */
    Hold(NewOrder order, HoldPoint at, Duration limit, String operator) {
        this.order = order;
        this.at = at;
        this.limit = limit;
        this.operator = operator;
        this.deadline = Instant.now().plus(limit);
    }

    /** {@return its name} */
    public UUID id() {
        return id;
    }

    /** {@return what is ordered} */
    public NewOrder order() {
        return order;
    }

    /** {@return the order's id} */
    public UUID orderId() {
        return order.orderId();
    }

    /** {@return where it is held} */
    public HoldPoint at() {
        return at;
    }

    /** {@return how far it has come; an outcome that was not known at its end is told as soon as its transaction's steps tell it} */
    public HoldState state() {
        return over.isDone() && !state.isOver() ? settled() : state;
    }

    private HoldState settled() {
        return switch (story().map(Story::state).orElse(State.IN_DOUBT)) {
            case COMMITTED -> HoldState.COMMITTED;
            case ABORTED -> HoldState.ROLLED_BACK;
            default -> HoldState.UNKNOWN;
        };
    }

    /** {@return how long it may be held, from its beginning} */
    public Duration limit() {
        return limit;
    }

    /** {@return how long it can still be held, zero or more} */
    public Duration left() {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** {@return what ended it, empty as long as nothing has} */
    public Optional<Ending> ending() {
        return Optional.ofNullable(ending.getNow(null));
    }

    /** {@return why it was refused, or why its outcome is not known} */
    public Optional<Problem> problem() {
        return problem;
    }

    /** {@return its steps until now, empty before the first} */
    public Optional<Story> story() {
        return Optional.ofNullable(request).map(ClientRequest::story);
    }

    /** {@return the transaction numbers under which the databases know its work, once that is done} */
    Optional<Writers> writers() {
        return writers;
    }

    /** This thread places the order from now on. */
    void begin(ClientRequest placing) {
        request = placing;
        thread = Thread.currentThread();
    }

    /** The work is done, and {@code complete()} is the next line; on the placing thread. */
    void afterWork(Writers known) {
        writers = Optional.of(known);
        if (at == HoldPoint.WORK && endsInANo()) {
            throw new RolledBackByHandException(words());
        }
    }

    /** Waits after the last vote; the journal was told of it before. */
    @Override
    public void onEvent(TransactionEvent event) {
        if (Thread.currentThread() != thread || event.moment() != Moment.AFTER) {
            return;
        }
        if (globalId.isEmpty()) {
            globalId = event.globalId();
        }
        if (!event.globalId().equals(globalId)) {
            return;
        }
        if (event.kind() == Kind.START) {
            working.add(event.branch());
        }
        boolean isLastVote = event.isVote() && working.remove(event.branch()) && working.isEmpty();
        if (isLastVote && at == HoldPoint.PREPARED && endsInANo()) {
            throw new Veto(words());
        }
    }

    /** Waits for its end, and tells whether that is anything but a commit. */
    private boolean endsInANo() {
        setState(HoldState.HELD);
        Ending how = ending.completeOnTimeout(Ending.TIMEOUT, left().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        hasSaidNo = how != Ending.COMMIT;
        setState(HoldState.ENDING);
        return hasSaidNo;
    }

    private String words() {
        return "order " + orderId() + ", held for " + operator + ", was ended by " + ending.join();
    }

    private synchronized void setState(HoldState next) {
        state = next;
    }

    /**
     * Ends the hold.
     *
     * @param how commit or roll back
     * @return whether it was held, and this ended it
     */
    public synchronized boolean end(Ending how) {
        return state == HoldState.HELD && ending.complete(how);
    }

    /** Ends it as soon as it would be held. */
    void release() {
        ending.complete(Ending.SHUTDOWN);
    }

    /** {@return whether its thread has said no at its end, so that nothing is committed, nor will be} */
    boolean hasSaidNo() {
        return hasSaidNo;
    }

    /** The placing thread has seen it through, or can do no more for it; what it says first counts. */
    void over(HoldState outcome, Optional<Problem> why) {
        if (!over.isDone()) {
            problem = why;
            setState(outcome);
            over.complete(outcome);
        }
    }

    /** {@return completes when its thread can do no more for it} */
    CompletableFuture<HoldState> whenOver() {
        return over;
    }
}
