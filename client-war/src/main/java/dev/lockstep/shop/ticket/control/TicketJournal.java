package dev.lockstep.shop.ticket.control;

import dev.lockstep.participant.observe.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Writes down what becomes of the first few tickets that this instance gives in each period; the others are counted when they are served.
 * One that is served by another instance is forgotten sooner or later. Thread-safe.
 */
@ApplicationScoped
public class TicketJournal {

    private static final int NOTED_MAX = 4;
    private static final int WAITING_MAX = 2000;
    private static final int SHOWN_MAX = 10;
    private static final int KEPT_MAX = 20;

    private final List<Runnable> givenListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Serving>> servedListeners = new CopyOnWriteArrayList<>();
    private final Map<UUID, TicketStory> waiting = new LinkedHashMap<>();
    private final Deque<TicketStory> kept = new ArrayDeque<>();
    private List<TicketStory> ended = new ArrayList<>();
    private int noted;
    private int served;

    /**
     * Lets somebody hear of every ticket that this instance gives.
     *
     * @param listener called by the thread that issues, so it must return soon
     */
    public void onGiven(Runnable listener) {
        givenListeners.add(listener);
    }

    /**
     * Lets somebody hear of all tickets that this instance serves.
     *
     * @param listener called by the thread that serves, so it must return soon
     */
    public void onServed(Consumer<Serving> listener) {
        servedListeners.add(listener);
    }

    /**
     * Notes a ticket, unless enough were noted in this period.
     *
     * @param ticketId the ticket, and the order that it is for
     * @param order what is wanted
     * @param asked when the client's request came
     * @param from when the orders database was asked to write the ticket
     * @param to when it had committed that
     */
    public synchronized void given(UUID ticketId, Subject order, Instant asked, Instant from, Instant to) {
        givenListeners.forEach(Runnable::run);
        if (noted == NOTED_MAX) {
            return;
        }
        noted++;
        waiting.put(ticketId, TicketStory.given(ticketId, order, asked, from, to));
        if (waiting.size() > WAITING_MAX) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /**
     * Notes that the client has its answer.
     *
     * @param ticketId the ticket it asked for
     * @param status the HTTP status of the answer
     */
    public void answered(UUID ticketId, int status) {
        Instant now = Instant.now();
        goOn(ticketId, story -> story.answered(now, status));
    }

    /**
     * Notes that tickets were served, when the orders database has committed that.
     *
     * @param serving which tickets, and when
     */
    public synchronized void served(Serving serving) {
        Instant now = Instant.now();
        servedListeners.forEach(listener -> listener.accept(serving));
        served += serving.ticketIds().size();
        serving.ticketIds().forEach(ticketId -> goOn(ticketId, story -> story.served(serving, now)));
    }

    private synchronized void goOn(UUID ticketId, UnaryOperator<TicketStory> step) {
        TicketStory story = waiting.computeIfPresent(ticketId, (id, before) -> step.apply(before));
        if (story != null && story.isOver()) {
            ended.add(waiting.remove(ticketId));
        }
    }

    /** Ends the period. */
    synchronized Period period() {
        // After a pause many that were noted long ago may end together.
        Period period = new Period(served, List.copyOf(ended.subList(0, Math.min(ended.size(), SHOWN_MAX))));
        period.shown().forEach(kept::addLast);
        while (kept.size() > KEPT_MAX) {
            kept.removeFirst();
        }
        ended = new ArrayList<>();
        noted = 0;
        served = 0;
        return period;
    }

    /** {@return the tickets shown last, oldest first} */
    synchronized List<TicketStory> kept() {
        return List.copyOf(kept);
    }

    /**
     * What was served in a period.
     *
     * @param served how many
     * @param shown some of those that have ended
     */
    record Period(int served, List<TicketStory> shown) {}
}
