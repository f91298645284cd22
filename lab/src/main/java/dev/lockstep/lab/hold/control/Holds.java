package dev.lockstep.lab.hold.control;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.Journal;
import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.shop.order.NotCommittedException;
import dev.lockstep.shop.order.Placement;
import dev.lockstep.shop.order.Problems;
import dev.lockstep.shop.order.TransactionTimeout;
import dev.lockstep.telemetry.control.Handover;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The orders that are held, and those that were not long ago. Thread-safe. */
@ApplicationScoped
public class Holds {

    /** So many orders may be held at a time: each keeps a row, and a connection of each pool. */
    static final int HELD_MAX = 3;

    private static final Logger LOG = System.getLogger(Holds.class.getName());

    private static final int KEPT_MAX = 50;
    private static final int CREATED = 201;
    private static final int SERVER_ERROR = 500;
    private static final Duration LIMIT_MAX = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private final Placement placement;
    private final Journal journal;
    private final OtherReader reader;
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();

    @Resource
    ManagedExecutorService threads;

    protected Holds() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param placement places orders
     * @param journal writes down what becomes of them
     * @param reader asks the databases how they call a transaction
     */
    @Inject
    public Holds(Placement placement, Journal journal, OtherReader reader) {
        this.placement = placement;
        this.journal = journal;
        this.reader = reader;
    }

    /**
     * Places an order on another thread and holds it.
     *
     * @param wanted what is ordered, and where to hold it
     * @param operator who wants it
     * @param handover ties the other thread to the request
     * @return the hold
     * @throws ProblemException 400 if nothing is prepared here, 409 if too many are held already, 503 if no thread is free
     */
    public Hold begin(HoldRequest wanted, String operator, Handover handover) {
        if (wanted.at() == HoldPoint.PREPARED && !reader.isWherePrepared()) {
            throw new ProblemException(HoldProblems.notPreparedHere());
        }
        Hold hold = new Hold(wanted.order(), wanted.at(), limit(TransactionTimeout.of(System.getenv())), operator);
        synchronized (holds) {
            if (holds.values().stream().filter(Holds::isOpen).count() >= HELD_MAX) {
                throw new ProblemException(HoldProblems.tooMany());
            }
            holds.values().stream()
                    .filter(one -> !isOpen(one))
                    .limit(Math.max(0, holds.size() - KEPT_MAX))
                    .toList()
                    .forEach(old -> holds.remove(old.id()));
            holds.put(hold.id(), hold);
        }
        try {
            threads.execute(() -> place(hold, handover));
        } catch (RuntimeException | Error e) { // else it would be on its way for ever, and soon no other could begin
            LOG.log(Level.WARNING, "No thread is free to hold order " + hold.orderId(), e);
            synchronized (holds) {
                holds.remove(hold.id());
            }
            throw new ProblemException(Problems.notPlaced(hold.orderId()));
        }
        return hold;
    }

    private static boolean isOpen(Hold hold) {
        return !hold.whenOver().isDone();
    }

    /** Two thirds of a transaction's time: then it can still be rolled back on purpose. */
    static Duration limit(Duration transactionTimeout) {
        Duration limit = transactionTimeout.multipliedBy(2).dividedBy(3);
        return limit.compareTo(LIMIT_MAX) < 0 ? limit : LIMIT_MAX;
    }

    /**
     * Finds a hold.
     *
     * @param id its name
     * @return the hold, or empty if there is none, or has not been for long
     */
    public Optional<Hold> find(UUID id) {
        synchronized (holds) {
            return Optional.ofNullable(holds.get(id));
        }
    }

    private void place(Hold hold, Handover handover) {
        NewOrder order = hold.order();
        Transactions.listen(hold);
        try (Handover.Work work = handover.begin(order.orderId());
                ClientRequest request = journal.request()) {
            hold.begin(request);
            int status = outcome(hold).map(Problem::status).orElse(CREATED);
            request.answered(status);
            HoldState state = hold.state();
            work.ended(state.name(), state != HoldState.ROLLED_BACK && status >= SERVER_ERROR);
        } finally {
            Transactions.stopListening(hold);
            hold.over(HoldState.UNKNOWN, Optional.of(Problems.outcomeUnknown(order.orderId())));
        }
    }

    private Optional<Problem> outcome(Hold hold) {
        UUID orderId = hold.orderId();
        HoldState state = HoldState.REFUSED;
        Optional<Problem> problem;
        try {
            placement.place(hold.order(), () -> hold.afterWork(reader.writers()));
            state = HoldState.COMMITTED;
            problem = Optional.empty();
        } catch (OutOfStockException e) {
            problem = Optional.of(Problems.outOfStock(e));
        } catch (UnknownProductException e) {
            problem = Optional.of(Problems.unknownProduct(e));
        } catch (RuntimeException e) {
            state = stateAfter(e, hold);
            boolean isUnknown = state == HoldState.UNKNOWN;
            Level wanted = state == HoldState.ROLLED_BACK ? Level.DEBUG : Level.WARNING;
            LOG.log(isUnknown ? Level.ERROR : wanted, "Order " + orderId + ", to be held, is " + state, e);
            problem = Optional.of(isUnknown ? Problems.outcomeUnknown(orderId) : Problems.notPlaced(orderId, e));
        }
        hold.over(state, problem);
        return problem;
    }

    /** The hold's own no is sure, whatever the transaction manager makes of it. */
    private static HoldState stateAfter(RuntimeException failure, Hold hold) {
        if (hold.hasSaidNo()) {
            return HoldState.ROLLED_BACK;
        }
        boolean isSure = failure instanceof DuplicateOrderException
                || failure instanceof NotCommittedException
                || failure instanceof EJBException;
        return isSure ? HoldState.REFUSED : HoldState.UNKNOWN;
    }

    /** Lets nobody wait for what will not come any more. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        List<Hold> open;
        synchronized (holds) {
            open = holds.values().stream().filter(Holds::isOpen).toList();
        }
        open.forEach(Hold::release);
        CompletableFuture.allOf(open.stream().map(Hold::whenOver).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
