package dev.lockstep.picture;

import dev.lockstep.web.stream.OrderNames;
import jakarta.json.JsonObject;
import java.util.List;

/** What waits in line for its transaction, and is shown beside transactions. An application with such tickets has one bean of this type. */
public interface TicketSource {

    /**
     * Ends a period, and begins the next.
     *
     * @return what was served in it
     */
    Period period();

    /** {@return the tickets shown last, oldest first} */
    List<Told> kept();

    /**
     * What was served in a period.
     *
     * @param served how many
     * @param shown some of those that have ended
     */
    record Period(int served, List<Told> shown) {

        static final Period NONE = new Period(0, List.of());

        boolean isEmpty() {
            return served == 0 && shown.isEmpty();
        }
    }

    /** A ticket with its steps. */
    interface Told {

        /**
         * Tells it.
         *
         * @param names what the reader sees of its order's name
         * @return its JSON, as the picture reads it
         */
        JsonObject json(OrderNames names);
    }
}
