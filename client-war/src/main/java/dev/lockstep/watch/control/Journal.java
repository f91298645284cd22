package dev.lockstep.watch.control;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Writes down every transaction of this instance from the participants' events. It is called in the middle of each transaction, so it
 * only notes; whoever wants more listens to {@link #onEnd}.
 */
@ApplicationScoped
public class Journal implements TransactionListener {

    /** So many transactions that do not end here are kept; another instance may have settled them. */
    private static final int UNENDED_MAX = 10_000;

    private final Map<String, Story> open = new ConcurrentHashMap<>();
    private final List<Consumer<Story>> listeners = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<ClientRequest> CURRENT = new ThreadLocal<>();

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Transactions.listenFromStart(this);
    }

    @PreDestroy
    void end() {
        Transactions.stopListening(this);
    }

    /**
     * Says that what this thread does until {@link ClientRequest#close} is done for an order.
     *
     * @param order the order
     * @return the request, to be closed by this thread when the client has its answer
     */
    public ClientRequest request(WatchedOrder order) {
        ClientRequest request = new ClientRequest(order, this::answered);
        CURRENT.set(request);
        return request;
    }

    private void answered(ClientRequest request) {
        CURRENT.remove();
        if (request.story() != null) {
            closeIfOver(request.story());
        }
    }

    /**
     * Lets somebody hear of every transaction that ends here, but for looks at one database.
     *
     * @param listener called by the thread that ends it, so it must return soon
     */
    public void onEnd(Consumer<Story> listener) {
        listeners.add(listener);
    }

    /** {@return the transactions that have not ended here, in no order} */
    public Collection<Story> open() {
        return List.copyOf(open.values());
    }

    /**
     * Finds a transaction that has not ended here.
     *
     * @param globalId its global id
     * @return its story, if it is open
     */
    public Optional<Story> open(String globalId) {
        return Optional.ofNullable(open.get(globalId));
    }

    @Override
    public void onEvent(TransactionEvent event) {
        if (event.kind() == TransactionEvent.Kind.FORGET) {
            return; // long after its end, and of no interest to anybody who watches
        }
        Story told = open.computeIfAbsent(event.globalId(), globalId -> begun(globalId, event.time()));
        told.add(event);
        if (event.moment() == TransactionEvent.Moment.AFTER) {
            closeIfOver(told);
        }
    }

    /** The request's first transaction places its order; others in the same thread only look for it. */
    private Story begun(String globalId, Instant time) {
        Optional<ClientRequest> request = Optional.ofNullable(CURRENT.get()).filter(placing -> placing.story() == null);
        Story begun = new Story(globalId, time, request);
        request.ifPresent(placing -> placing.began(begun));
        return begun;
    }

    private void closeIfOver(Story told) {
        if (told.isOver() && open.remove(told.globalId(), told)) {
            if (told.isDistributed()) {
                listeners.forEach(listener -> listener.accept(told));
            }
        } else if (open.size() > UNENDED_MAX) {
            open.values().stream()
                    .min(Comparator.comparing(Story::began))
                    .ifPresent(oldest -> open.remove(oldest.globalId(), oldest));
        }
    }
}
