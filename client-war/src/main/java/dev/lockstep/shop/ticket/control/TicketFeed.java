package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.web.stream.Feed;
import dev.lockstep.web.stream.Places;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tells browsers what becomes of the tickets that they wait for. Thread-safe. */
@ApplicationScoped
public class TicketFeed {

    /** So many browsers may listen, whatever tickets they wait for. */
    public static final int STREAMS_MAX = 500;

    private final Places places = new Places(STREAMS_MAX);
    private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();
    private volatile boolean isEnding;

    private static final class Watched {
        private final Feed feed;
        private JsonObject told;
        private boolean hasNewcomer = true;
        private boolean isOver;

        Watched(Places places, JsonObject told) {
            this.feed = new Feed(places);
            this.told = told;
        }

        /** Returns empty if nobody will be told any more. */
        synchronized Optional<Boolean> join(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (isOver) {
                return Optional.empty();
            }
            hasNewcomer = true;
            return Optional.of(feed.join(request, response, "ticket", told));
        }

        /** Who had heard of the end at the last look has had time to take it, and is let go. Returns whether to go on. */
        synchronized boolean tell(Ticket ticket) {
            boolean isHeardByAll = !hasNewcomer;
            hasNewcomer = false;
            JsonObject now = TicketJson.of(ticket);
            if (!now.equals(told)) {
                told = now;
                feed.send("ticket", now);
                return true;
            }
            if (isHeardByAll && (ticket.state().isFinal() || feed.isEmpty())) {
                end();
            }
            return !isOver;
        }

        /** Returns whether nobody will be told any more. */
        synchronized boolean endIfLeft() {
            if (feed.isEmpty()) {
                end();
            }
            return isOver;
        }

        synchronized void end() {
            isOver = true;
            feed.close();
        }
    }

    /**
     * Turns a request into a stream of a ticket's states, the first of which comes at once.
     *
     * @param ticket the ticket as it is now
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(Ticket ticket, HttpServletRequest request, HttpServletResponse response) throws IOException {
        UUID id = ticket.order().orderId();
        if (watched.size() >= STREAMS_MAX) { // or those who come and go would leave more than a look can take away
            watched.values().removeIf(Watched::endIfLeft);
        }
        Optional<Boolean> hasJoined = Optional.empty();
        while (hasJoined.isEmpty() && !isEnding) {
            Watched watching = watched.computeIfAbsent(id, first -> new Watched(places, TicketJson.of(ticket)));
            hasJoined = watching.join(request, response);
            if (hasJoined.isEmpty()) {
                watched.remove(id, watching);
            } else if (isEnding) {
                watching.end();
            }
        }
        return hasJoined.orElse(false);
    }

    /** {@return the tickets that somebody waits for} */
    Set<UUID> watched() {
        return Set.copyOf(watched.keySet());
    }

    /**
     * Tells what has changed.
     *
     * @param tickets the tickets as they are now
     */
    void tell(Collection<Ticket> tickets) {
        for (Ticket ticket : tickets) {
            UUID id = ticket.order().orderId();
            Watched watching = watched.get(id);
            if (watching != null && !watching.tell(ticket)) {
                watched.remove(id, watching);
            }
        }
    }

    /** Lets pages know that what they were told is still true though nothing happens. */
    void stillHere() {
        watched.values().forEach(one -> one.feed.alive());
    }

    @PreDestroy
    void end() {
        isEnding = true;
        watched.values().forEach(Watched::end);
    }
}
