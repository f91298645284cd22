package dev.lockstep.participant.observe;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** This JVM's distributed transactions, to be looked at. Thread-safe. */
public final class Transactions {

    private static final System.Logger LOG = System.getLogger(Transactions.class.getName());

    private static final int EARLY_MAX = 1000;

    private static final List<TransactionListener> LISTENERS = new CopyOnWriteArrayList<>();
    private static final Deque<TransactionEvent> EARLY = new ArrayDeque<>();
    private static final Map<String, List<UndecidableBranch>> UNDECIDABLE = new ConcurrentHashMap<>();
    private static final InDoubt NOTHING = new NothingInDoubt();
    private static final AtomicReference<InDoubt> IN_DOUBT = new AtomicReference<>(NOTHING);

    static {
        try {
            ServiceLoader.load(TransactionListener.class, Transactions.class.getClassLoader())
                    .forEach(LISTENERS::add);
        } catch (ServiceConfigurationError e) {
            LOG.log(System.Logger.Level.ERROR, "A listener in META-INF/services cannot be made; it hears nothing", e);
        }
    }

    private Transactions() {}

    /**
     * Lets a listener hear all steps from now on.
     *
     * @param listener the listener, not null
     */
    public static void listen(TransactionListener listener) {
        LISTENERS.add(listener);
    }

    /**
     * Lets a listener hear all steps from now on, and first of all what the resolver did before anybody listened: after a crash it
     * begins with the first connection, which is made before the application runs. Whatever the resolver does meanwhile waits, so that
     * nothing newer is heard before it.
     *
     * @param listener the listener, not null
     */
    public static void listenFromStart(TransactionListener listener) {
        synchronized (EARLY) {
            EARLY.forEach(event -> tell(listener, event));
            EARLY.clear();
            LISTENERS.add(listener);
        }
    }

    /**
     * Lets a listener hear no more.
     *
     * @param listener one that {@link #listen} was given
     */
    public static void stopListening(TransactionListener listener) {
        LISTENERS.remove(listener);
    }

    /** {@return the branches that no resolver of this JVM can settle, as of its last look at each database; mostly none} */
    public static List<UndecidableBranch> undecidable() {
        return UNDECIDABLE.values().stream().flatMap(Collection::stream).toList();
    }

    /** {@return the prepared branches in all databases to which a connection pool of this JVM has led; none before the first} */
    public static InDoubt inDoubt() {
        return IN_DOUBT.get();
    }

    /**
     * Lets the participant answer for its branches from now on.
     *
     * @param inDoubt knows them, not null
     */
    public static void answer(InDoubt inDoubt) {
        IN_DOUBT.set(inDoubt);
    }

    /**
     * Lets it answer no more.
     *
     * @param inDoubt one that {@link #answer} was given; without effect if another one answers now
     */
    public static void stopAnswering(InDoubt inDoubt) {
        IN_DOUBT.compareAndSet(inDoubt, NOTHING);
    }

    /**
     * Says what the transaction of this thread is about. Call it within the transaction, at best before its first work: every later event
     * {@linkplain TransactionEvent#subjects carries it}. Further calls add further subjects, in this order; the same one again is no
     * matter. The transaction manager forgets them with the transaction, even if no database took part.
     *
     * @param subject what it is about, not null
     * @throws IllegalStateException if this thread has no transaction of a server with JTA, or if that has 100 subjects already
     */
    public static void about(Subject subject) {
        about(List.of(subject));
    }

    /**
     * Says the same of several subjects, which share the transaction.
     *
     * @param subjects what it is about, in this order; not empty
     * @throws IllegalStateException if this thread has no transaction of a server with JTA, or if that would have more than 100 subjects
     */
    public static void about(List<Subject> subjects) {
        ThreadsTransaction.subjects()
                .orElseThrow(() -> new IllegalStateException("Only a transaction can be about "
                        + subjects.get(0).id() + ", and this thread has none of a server with JTA"))
                .add(subjects);
    }

    /**
     * Takes back what was said: some subjects have no part in what the transaction will commit, as an order that is refused while others share
     * its transaction. Later events carry them no more.
     *
     * @param subjects what it is not about; perhaps empty
     * @throws IllegalStateException if this thread has no transaction of a server with JTA
     */
    public static void notAbout(List<Subject> subjects) {
        ThreadsTransaction.subjects()
                .orElseThrow(() -> new IllegalStateException(
                        "This thread has no transaction of a server with JTA, so it is about nothing"))
                .remove(subjects);
    }

    /** {@return tells from now on what the transaction of this thread is about; for the participant, when a transaction begins} */
    public static Supplier<List<Subject>> subjects() {
        return LISTENERS.isEmpty()
                ? List::of
                : ThreadsTransaction.subjects()
                        .<Supplier<List<Subject>>>map(known -> known)
                        .orElse(List::of);
    }

    /**
     * Tells the listeners, all of them, even if one has a veto. Costs nothing when there is none.
     *
     * @param event makes the event
     * @return the first veto, if the event is a vote; else empty
     */
    public static Optional<Veto> tell(Supplier<TransactionEvent> event) {
        if (LISTENERS.isEmpty()) {
            return Optional.empty();
        }
        TransactionEvent happened = event.get();
        Optional<Veto> first = Optional.empty();
        for (TransactionListener listener : LISTENERS) {
            Optional<Veto> veto = tell(listener, happened);
            first = first.or(() -> veto);
        }
        return first;
    }

    /**
     * Tells the listeners, or, as long as there is none, the first that {@linkplain #listenFromStart comes from the start}.
     *
     * @param event a rare event; of those that nobody has heard the last thousand are kept
     */
    public static void tellOrKeep(TransactionEvent event) {
        synchronized (EARLY) {
            if (LISTENERS.isEmpty()) {
                EARLY.addLast(event);
                if (EARLY.size() > EARLY_MAX) {
                    EARLY.removeFirst();
                }
                return;
            }
        }
        tell(() -> event);
    }

    private static Optional<Veto> tell(TransactionListener listener, TransactionEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) { // it must not end the transaction manager's thread between two phases
            if (e instanceof Veto veto && event.isVote()) {
                return Optional.of(veto);
            }
            LOG.log(System.Logger.Level.WARNING, "A listener failed at " + event, e);
        }
        return Optional.empty();
    }

    /**
     * Adds one to what is known to be undecidable in a database, until the resolver's next look.
     *
     * @param participant the database
     * @param branch the branch
     */
    public static void reportUndecidable(String participant, UndecidableBranch branch) {
        UNDECIDABLE.merge(participant, List.of(branch), (known, added) -> Stream.concat(known.stream(), added.stream())
                .toList());
    }

    /**
     * Replaces what is known to be undecidable in a database.
     *
     * @param participant the database
     * @param branches all of them now
     */
    public static void reportUndecidable(String participant, List<UndecidableBranch> branches) {
        UNDECIDABLE.put(participant, List.copyOf(branches));
    }
}
