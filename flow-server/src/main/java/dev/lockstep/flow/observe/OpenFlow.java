package dev.lockstep.flow.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A flow that is not over here, as of one look.
 *
 * @param flow its public id
 * @param handle this server's part in it, as its superior names that; empty where the flow began
 * @param globalId this server's transaction, as its transaction manager named it
 * @param superior the server that called; empty where the flow began
 * @param subordinates the servers that this one called, in their order
 * @param state how far this server's part has come
 * @param since when it came there
 * @param began when this server's part began
 * @param deadline when work that is not prepared will be rolled back; empty if there is none any more
 * @param part whether this server holds the commit point
 * @param commitPoint the participant name of the database that keeps the decision; empty as long as there is none
 * @param decision the decision that the branches' names bear, as {@link FlowEvent#decision}; empty as long as there is none
 * @param waits who is waited for; empty if nobody is
 */
public record OpenFlow(
        UUID flow,
        String handle,
        String globalId,
        String superior,
        List<String> subordinates,
        State state,
        Instant since,
        Instant began,
        Optional<Instant> deadline,
        Part part,
        String commitPoint,
        String decision,
        List<Wait> waits) {

    /** Takes copies of the lists. */
    public OpenFlow {
        subordinates = List.copyOf(subordinates);
        waits = List.copyOf(waits);
    }

    /** {@return whether the flow began at this server} */
    public boolean isRoot() {
        return superior.isEmpty();
    }

    /** {@return whether this server has voted yes, and its gate waits for the decision} */
    public boolean isParked() {
        return !isRoot() && (state == State.PREPARED || state == State.IN_DOUBT);
    }

    /** How far it has come. */
    public enum State {
        /** A call is at work. */
        WORKING,
        /** Between two calls. */
        IDLE,
        /** It is being prepared. */
        PREPARING,
        /** Everything here is prepared, and the decision is waited for. */
        PREPARED,
        /** The superior is silent, or nobody answers: it asks for the decision. */
        IN_DOUBT,
        /** The decision is to commit, and not yet carried out everywhere. */
        COMMITTING,
        /** It is being rolled back. */
        ROLLING_BACK
    }

    /** Whether a server holds the commit point. */
    public enum Part {
        /** Not known yet, or nothing was written here. */
        NONE,
        /** It does. */
        HOLDER,
        /** It follows another server's commit point. */
        FOLLOWER
    }

    /**
     * Somebody is waited for.
     *
     * @param whom a peer's name, a database's participant name, or empty for the application
     * @param kind what that is
     * @param since how long already
     * @param because the evidence in one sentence, in English
     */
    public record Wait(String whom, Kind kind, Instant since, String because) {

        /** What is waited for. */
        public enum Kind {
            /** A peer's next message or answer. */
            PEER,
            /** A database's answer. */
            DATABASE,
            /** The application here, which is at work or has not asked to commit. */
            APPLICATION
        }
    }
}
