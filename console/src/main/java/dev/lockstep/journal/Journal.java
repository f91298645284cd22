package dev.lockstep.journal;

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
import java.util.function.Supplier;

/**
 * Writes down every transaction of this instance from the participants' events. It is called in the middle of each transaction, so it
 * only notes; whoever wants more listens to {@link #onEnd}.
 */
@ApplicationScoped
public class Journal implements TransactionListener {

    /** So many transactions that do not end here are kept; another instance may have settled them. */
    private static final int UNENDED_MAX = 10_000;

    /** So many flows are remembered by their ids, since messages come late, or before their transaction is known. */
    private static final int FLOWS_MAX = 1_000;

    private final Map<String, Story> open = new ConcurrentHashMap<>();
    private final RecentFlows flows = new RecentFlows(FLOWS_MAX);
    private final List<Consumer<Story>> beginListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Story>> listeners = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<ClientRequest> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> BY_OPERATOR = ThreadLocal.withInitial(() -> false);

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Transactions.listenFromStart(this);
    }

    @PreDestroy
    void end() {
        Transactions.stopListening(this);
    }

    /**
     * Says that what this thread does until {@link ClientRequest#close} is done for a client who waits. The request's transaction is the
     * first that has a subject; others in the same thread only look for something.
     *
     * @return the request, to be closed by this thread when the client has its answer
     */
    public ClientRequest request() {
        return request(Instant.now());
    }

    /**
     * Says the same of a request that came earlier, to another thread, or of several, which this thread serves together.
     *
     * @param came when it, or the first of them, came
     * @return the request, to be closed by this thread when the clients have their answers
     */
    public ClientRequest request(Instant came) {
        ClientRequest request = new ClientRequest(came, this::answered);
        CURRENT.set(request);
        return request;
    }

    /**
     * Says that what this thread does to a branch is an operator's will: the events tell what is done, and not who wants it.
     *
     * @param <T> what comes of it
     * @param act does it
     * @return what it returns
     */
    public <T> T byOperator(Supplier<T> act) {
        BY_OPERATOR.set(true);
        try {
            return act.get();
        } finally {
            BY_OPERATOR.remove();
        }
    }

    private void answered(ClientRequest request) {
        CURRENT.remove();
        if (request.story() != null) {
            closeIfOver(request.story());
        }
    }

    /**
     * Lets somebody hear of every transaction that begins here, looks at one database included.
     *
     * @param listener called by the thread that begins it, so it must return soon
     */
    public void onBegin(Consumer<Story> listener) {
        beginListeners.add(listener);
    }

    /**
     * Lets somebody hear of every transaction that ends here, but for looks at one database.
     *
     * @param listener called by the thread that ends it, so it must return soon
     */
    public void onEnd(Consumer<Story> listener) {
        listeners.add(listener);
    }

    /** {@return the transactions whose end has not been told to all here, in no order} */
    public Collection<Story> open() {
        return List.copyOf(open.values());
    }

    /** {@return how many transactions have not ended here} */
    public int size() {
        return open.size();
    }

    /**
     * Ends a transaction that is {@linkplain Story#isLeft left} and of which no branch is prepared any more.
     *
     * @param left the transaction
     */
    public void settledElsewhere(Story left) {
        left.settledElsewhere();
        end(left);
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
        Story known = open.get(event.globalId());
        Story told = known == null ? begin(event) : known;
        told.add(event, BY_OPERATOR.get());
        if (event.moment() == TransactionEvent.Moment.AFTER) {
            closeIfOver(told);
        }
    }

    /**
     * Takes note of a message between this server and another.
     *
     * @param news what was heard of it
     */
    public void onNews(FlowNews news) {
        Optional<Story> known = flows.story(news);
        if (known.isEmpty() && news.globalId().isEmpty()) {
            flows.keep(news); // it came before its transaction began
            return;
        }
        Story told = known.orElseGet(() -> {
            Story first = open.get(news.globalId());
            return first == null ? begin(news.globalId(), flows.began(news), true) : first;
        });
        flows.of(news, told).forEach(told::add);
        if (!news.message().isOpen() && open.get(told.globalId()) == told) {
            closeIfOver(told);
        }
    }

    /**
     * Finds this server's transactions in a flow.
     *
     * @param flow the flow's public id
     * @return their stories, perhaps none: mostly one, or two after a loop
     */
    public List<Story> ofFlow(String flow) {
        return flows.stories(flow);
    }

    private Story begin(TransactionEvent first) {
        return begin(first.globalId(), first.time(), !first.subjects().isEmpty());
    }

    private Story begin(String globalId, Instant time, boolean isMeant) {
        Optional<ClientRequest> request =
                Optional.ofNullable(CURRENT.get()).filter(placing -> placing.story() == null && isMeant);
        Story begun = new Story(globalId, time, request);
        Story earlier = open.putIfAbsent(globalId, begun);
        if (earlier != null) {
            return earlier;
        }
        request.ifPresent(placing -> placing.began(begun));
        beginListeners.forEach(listener -> listener.accept(begun));
        return begun;
    }

    private void closeIfOver(Story told) {
        // Of another process's transaction the resolver may settle one more branch, so it is not over before none is
        // prepared.
        if (told.isOver() && !told.isForeign()) {
            end(told);
        } else if (open.size() > UNENDED_MAX) {
            open.values().stream()
                    .min(Comparator.comparing(Story::began))
                    .ifPresent(oldest -> open.remove(oldest.globalId(), oldest));
        }
    }

    /** It is open until all have heard of its end: whoever looks for it meanwhile finds it here or with them, or in both. */
    private void end(Story told) {
        if (!told.tellsEnd()) {
            return;
        }
        try {
            if (told.isDistributed()) {
                listeners.forEach(listener -> listener.accept(told));
            }
        } finally {
            open.remove(told.globalId(), told);
        }
    }
}
