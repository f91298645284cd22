package dev.lockstep.flow.observe;

import dev.lockstep.participant.observe.TransactionEvent;
import java.time.Instant;

/** One event that a server has recorded of a flow. */
public sealed interface RecordedEvent {

    /** {@return when, by that server's clock} */
    Instant time();

    /**
     * A message between two servers.
     *
     * @param event as that server saw it
     */
    record OfMessage(FlowEvent event) implements RecordedEvent {
        @Override
        public Instant time() {
            return event.time();
        }
    }

    /**
     * A step of one of that server's branches.
     *
     * @param event the step, without what the transaction is about
     */
    record OfBranch(TransactionEvent event) implements RecordedEvent {
        @Override
        public Instant time() {
            return event.time();
        }
    }
}
