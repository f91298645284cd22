package dev.lockstep.shop.order;

import dev.lockstep.telemetry.control.RequestTrace;
import dev.lockstep.web.door.control.Elsewhere;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An order that waits without a thread, and its client, who waits for the answer. The answer is given once, and never when the container has taken the
 * response back, since it gives that to somebody else. Thread-safe.
 */
final class WaitingOrder implements Lanes.Waiting, AsyncListener {

    private static final Logger LOG = System.getLogger(WaitingOrder.class.getName());

    private final OrderRequest wanted;
    private final Instant came = Instant.now();
    private final long since = System.nanoTime();
    private final Duration patience;
    private final Predicate<WaitingOrder> withdrawal;
    private final Optional<RequestTrace> trace;
    private final AsyncContext client;
    private boolean isOver;

    /**
     * Takes the request over from its thread. It has no time limit of the container's: Grizzly keeps each request that has one until up to a second after
     * its end ({@code DelayedExecutor}, 4.0.2), and those are thousands. So somebody must ask {@link #isImpatient}.
     *
     * @param wanted what is ordered
     * @param request the request
     * @param patience so long the client waits
     * @param withdrawal takes the order out of the queue; tells whether it was there
     */
    WaitingOrder(
            OrderRequest wanted, HttpServletRequest request, Duration patience, Predicate<WaitingOrder> withdrawal) {
        this.wanted = wanted;
        this.patience = patience;
        this.withdrawal = withdrawal;
        this.client = request.startAsync();
        this.trace = RequestTrace.handOn();
        client.setTimeout(0);
        client.addListener(this);
    }

    @Override
    public int productId() {
        return wanted.order().productId();
    }

    /** What is ordered. */
    OrderRequest wanted() {
        return wanted;
    }

    /** When it came. */
    Instant came() {
        return came;
    }

    /** The span of its request, which is between threads. */
    Optional<RequestTrace> trace() {
        return trace;
    }

    /** Which one it is. */
    UUID orderId() {
        return wanted.order().orderId();
    }

    /** {@return whether the client has an answer, or will have none} */
    synchronized boolean isOver() {
        return isOver;
    }

    /**
     * Tells whether the client has waited as long as it is asked to.
     *
     * @param nanoTime now, by the clock of {@link System#nanoTime}
     * @return whether it must hear what is known
     */
    boolean isImpatient(long nanoTime) {
        return nanoTime - since >= patience.toNanos();
    }

    /**
     * Tells the client what is known, if it waits still. If its order has not begun, it never will; but an earlier request may have. If it has begun, the
     * client may ask what became of it.
     */
    void giveUp() {
        answer(withdrawal.test(this) ? new Outcome.Refused(Problems.waitedInVain(patience)) : new Outcome.Unknown());
    }

    /** Tells the client, if it waits still. */
    synchronized void answer(Outcome outcome) {
        if (isOver) {
            return;
        }
        isOver = true;
        try {
            write(outcome);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A client has gone without its answer", e);
        } finally {
            try {
                trace.ifPresent(known -> known.answeredElsewhere(outcome.status(), orderId()));
            } finally {
                complete();
            }
        }
    }

    /** A response that nobody has written says 200, as if the order were placed; so what goes wrong is an error. */
    private void write(Outcome outcome) throws IOException {
        HttpServletResponse response = (HttpServletResponse) client.getResponse();
        try {
            OrdersServlet.tell((HttpServletRequest) client.getRequest(), response, orderId(), outcome);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The answer of order " + orderId() + " cannot be made", e);
            if (!response.isCommitted()) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                response.setContentLength(0);
            }
            throw e;
        }
    }

    private void complete() {
        try {
            Elsewhere.complete(client);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The container has ended the request already", e);
        }
    }

    /** It has no time limit of the container's; should it be given one, the client hears the same. */
    @Override
    public void onTimeout(AsyncEvent event) {
        LOG.log(Level.WARNING, "The container does not wait for order {0} any more", orderId());
        giveUp();
    }

    /** The container has given the request up, so an order that has not begun never will. */
    @Override
    public void onError(AsyncEvent event) {
        boolean hasWaited = withdrawal.test(this);
        LOG.log(
                Level.WARNING,
                "The container has ended the request of order {0}, which had begun: {1}",
                orderId(),
                !hasWaited);
        synchronized (this) {
            if (!isOver) {
                isOver = true;
                trace.ifPresent(RequestTrace::unanswered);
                complete();
            }
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // It is complete when it is answered.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is started once.
    }
}
