package dev.lockstep.shop.order;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.Journal;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.shop.order.Lanes.Served;
import dev.lockstep.shop.order.OrderDesk.Told;
import dev.lockstep.telemetry.control.RequestContext;
import dev.lockstep.telemetry.control.RequestTrace;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lets orders that come together share a commit. One that comes alone has its own, at once and in its own thread. The others wait without a thread, and
 * threads of this class place and answer them. Its methods are public for the reason told in {@link OrderDesk}. Thread-safe.
 */
@ApplicationScoped
public class OrderQueue {

    /** So many commits are under way at once, if some of them stand still; half of a database's connections. */
    private static final int LANES_MAX = 16;

    /** If nobody comes who would notice it, it is noticed all the same that commits stand still. So it is of clients that have waited long enough. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A commit that is under way when the application ends has so long. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final String WHAT = "POST /api/orders";
    private static final Logger LOG = System.getLogger(OrderQueue.class.getName());

    private final OrderDesk desk;
    private final SharedPlacement shared;
    private final Journal journal;
    private final Instance<LoneOrders> lonely;
    private final SharingLimits limits = SharingLimits.of(System.getenv());
    private final Duration patience = TransactionTimeout.of(System.getenv());

    /** Those who have no answer yet. */
    private final Set<WaitingOrder> clients = ConcurrentHashMap.newKeySet();

    private List<LoneOrders> lone = List.of();
    private ExecutorService threads;
    private Lanes<WaitingOrder> lanes;
    private ScheduledExecutorService clock;

    /** When the JVM is told to end, connections are open for a moment yet. When the application is, they are closed. */
    private Thread atEndOfJvm;

    @Resource
    private ContextService context;

    /** For the container's proxy. */
    protected OrderQueue() {
        this(null, null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param desk places orders, and knows those that are under way
     * @param shared knows whether orders can share a transaction here
     * @param journal writes down what becomes of each transaction
     * @param lonely know orders that share with nobody
     */
    @Inject
    public OrderQueue(OrderDesk desk, SharedPlacement shared, Journal journal, Instance<LoneOrders> lonely) {
        this.desk = desk;
        this.shared = shared;
        this.journal = journal;
        this.lonely = lonely;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (limits.lanes() == 0 || !shared.isPossible()) {
            return;
        }
        lone = lonely.stream().toList();
        int most = Math.max(limits.lanes(), LANES_MAX);
        int count = most + limits.lanes(); // those of a lane that is left answer while the next ones commit
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> thread(work, "order-lane"));
        pool.prestartAllCoreThreads(); // here, in the application's context, and not in that of somebody's request
        threads = pool;
        lanes = new Lanes<>(
                new Lanes.Limits(limits.lanes(), most, limits.waitingMax(), NewOrder.TOGETHER_MAX),
                System::nanoTime,
                threads,
                this::serve,
                this::sendAway,
                order -> tell(order, Told.apart(new Outcome.Unknown())));
        atEndOfJvm = thread(lanes::close, "order-closing");
        Runtime.getRuntime().addShutdownHook(atEndOfJvm);
        clock = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "order-clock"));
        look("The look at commits that stand still", lanes::goOn);
        look("The look at clients that have waited long enough", this::giveUp);
    }

    private void look(String what, Runnable task) {
        var unused = clock.scheduleWithFixedDelay(
                new Repeated(what, task), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void giveUp() {
        long now = System.nanoTime();
        clients.stream().filter(order -> order.isImpatient(now)).forEach(OrderQueue::tellWhatIsKnown);
    }

    /** Whatever goes wrong with one, the others are told. */
    private static void tellWhatIsKnown(WaitingOrder order) {
        try {
            order.giveUp();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Order " + order.orderId() + " is not answered", e);
        }
    }

    /** A thread of the application's own, with its context, for the reason told in ApplicationThreads. */
    private Thread thread(Runnable work, String name) {
        Thread thread = new Thread(context.contextualRunnable(work), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Before the services are gone: who waits hears that nothing was changed, and what has begun is ended, or its client told where to ask. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) throws InterruptedException {
        if (lanes != null) {
            clock.shutdown();
            keepNoHook();
            lanes.close();
            threads.shutdown();
            try {
                var unused = threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                threads.shutdownNow();
                lanes.abandon();
                clients.forEach(OrderQueue::tellWhatIsKnown);
                clock.shutdownNow();
            }
        }
    }

    /** It would keep an application that is undeployed. */
    private void keepNoHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atEndOfJvm);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The JVM ends, so it has run", e);
        }
    }

    /** {@return how many orders wait} */
    public int waiting() {
        return lanes == null ? 0 : lanes.waiting();
    }

    /** {@return how many orders may wait} */
    public int waitingMax() {
        return limits.waitingMax();
    }

    /**
     * Has an order placed, whose request has begun: by its own thread if it is {@link Entry#APART}, or {@link Entry#ALONE}, which then must {@link #leave}.
     *
     * @param wanted what is ordered
     * @param request the request, which is taken over if the order waits
     * @return what becomes of it; if it waits, this class answers and ends the request
     */
    public Entry enter(OrderRequest wanted, HttpServletRequest request) {
        UUID orderId = wanted.order().orderId();
        if (lanes == null || lone.stream().anyMatch(some -> some.isLone(orderId))) {
            return Entry.APART;
        }
        return lanes.enter(wanted.order().productId(), () -> waiting(wanted, request));
    }

    private WaitingOrder waiting(OrderRequest wanted, HttpServletRequest request) {
        WaitingOrder order = new WaitingOrder(wanted, request, patience, this::withdraw);
        clients.add(order);
        return order;
    }

    /**
     * Ends what was {@link Entry#ALONE}.
     *
     * @param wanted what was ordered
     */
    public void leave(OrderRequest wanted) {
        lanes.leave(wanted.order().productId());
    }

    private boolean withdraw(WaitingOrder order) {
        boolean hasWaited = lanes.withdraw(order);
        if (hasWaited) {
            free(order);
        }
        clients.remove(order);
        return hasWaited;
    }

    private void sendAway(WaitingOrder order) {
        tell(order, Told.apart(new Outcome.Refused(Problems.closing())));
    }

    /**
     * To tell the clients takes time, and may take a question to a database. So it is done when others can commit, and those go first of whom nothing
     * is asked.
     */
    private Served<WaitingOrder> serve(List<WaitingOrder> together) {
        ClientRequest watched = journal.request(together.get(0).came());
        Map<OrderRequest, Told> told = placed(together);
        List<WaitingOrder> again =
                together.stream().filter(one -> !told.containsKey(one.wanted())).toList();
        return new Served<>(again, () -> {
            try (watched) {
                together.stream()
                        .filter(one -> told.containsKey(one.wanted()))
                        .sorted(Comparator.comparing(
                                one -> told.get(one.wanted()).isAsked()))
                        .forEach(one -> {
                            Told its = told.get(one.wanted());
                            int status = tell(one, its);
                            if (its.isOfTransaction()) {
                                watched.answered(status, one.came());
                            }
                        });
            }
        });
    }

    /** The first one's request has the spans of the transaction; the others' tell its name. */
    private Map<OrderRequest, Told> placed(List<WaitingOrder> together) {
        WaitingOrder first = together.get(0);
        Optional<RequestTrace.Stay> stay = Optional.empty();
        try {
            stay = first.trace().map(RequestTrace::enter);
            begin(first, together.size() == 1);
            Map<OrderRequest, Told> told = together.size() == 1
                    ? Map.of(first.wanted(), new Told(true, false, known(desk.place(first.wanted()))))
                    : desk.placeTogether(
                            together.stream().map(WaitingOrder::wanted).toList());
            together.stream()
                    .filter(one -> together.size() > 1 && told.containsKey(one.wanted()))
                    .filter(one -> told.get(one.wanted()).isOfTransaction())
                    .forEach(one -> one.trace().ifPresent(RequestTrace::tellTransaction));
            return told;
        } catch (RuntimeException | Error e) { // this is the last chance: nobody else answers them
            Told failure = Told.apart(new Outcome.Refused(ApiServlet.problem(WHAT, e)));
            return together.stream().collect(Collectors.toMap(WaitingOrder::wanted, one -> failure));
        } finally {
            RequestContext.end();
            stay.ifPresent(RequestTrace.Stay::close);
        }
    }

    private static Supplier<Outcome> known(Outcome outcome) {
        return () -> outcome;
    }

    /** Whatever goes wrong, he is told something, and so are those behind him. */
    private int tell(WaitingOrder order, Told told) {
        try {
            Outcome outcome = ended(order, told);
            order.answer(outcome);
            return outcome.status();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Order " + order.orderId() + " is not answered", e);
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        } finally {
            clients.remove(order);
            RequestContext.end();
        }
    }

    /** His id is free before he hears, since he may repeat himself at once. */
    private Outcome ended(WaitingOrder order, Told told) {
        try {
            begin(order, true);
            return outcome(order, told);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Nobody knows what became of order " + order.orderId(), e);
            return new Outcome.Unknown();
        } finally {
            free(order);
        }
    }

    /** When the application ends, those who know the ids may be gone before a thread of this class is. */
    private void free(WaitingOrder order) {
        try {
            desk.end(order.orderId());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.DEBUG, "Nobody knows any more that an order was under way", e);
        }
    }

    /** Nobody asks for one who hears nothing any more. */
    private static Outcome outcome(WaitingOrder order, Told told) {
        if (told.isAsked() && order.isOver()) {
            return new Outcome.Unknown();
        }
        try {
            return told.outcome().get();
        } catch (RuntimeException e) {
            return new Outcome.Refused(ApiServlet.problem(WHAT, e));
        }
    }

    /** From now on this thread's log lines are about the order, or about several, none of which they name. */
    private static void begin(WaitingOrder order, boolean isAlone) {
        RequestContext.begin(order.trace().map(RequestTrace::traceId).orElse(""));
        if (isAlone) {
            RequestContext.isAbout(order.orderId());
        }
    }
}
