package dev.lockstep.participant;

import dev.lockstep.participant.flow.Flows;
import java.sql.SQLException;

/** The participant's part in flows, for the module {@code flow-server}; a server without any database has no other entry. */
public final class FlowParticipant {

    private FlowParticipant() {}

    /**
     * Starts the participant of this JVM, if no pool has.
     *
     * @return its flows
     * @throws IllegalStateException if another copy of the participant works in this JVM (says which), or this one has ended
     */
    public static Flows ofThisJvm() {
        return of(Instance.ofThisJvm());
    }

    static Flows of(Instance instance) {
        try {
            return instance.flows();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
