package dev.lockstep.journal;

import dev.lockstep.participant.observe.TransactionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Transactions that were told event by event, for tests of what is done with them. */
public final class Stories {

    private Stories() {}

    /** A transaction of which nobody asked for an order. */
    public static Story of(String globalId, Instant began, List<TransactionEvent> events) {
        Story story = new Story(globalId, began, Optional.empty());
        events.forEach(event -> story.add(event, false));
        return story;
    }
}
