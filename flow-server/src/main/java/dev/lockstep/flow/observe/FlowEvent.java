package dev.lockstep.flow.observe;

import java.time.Instant;
import java.util.UUID;

/**
 * One message between two servers of a flow, as one of them saw it; or what a server did by itself.
 *
 * @param flow the flow, as in the header {@code Lockstep-Flow}; {@link #NO_FLOW} if an answered message was about many
 * @param handle the subordinate's transaction that the message is about; empty if that is not known yet, and for what is about none
 * @param globalId this server's own transaction in the flow, as its transaction manager named it; empty if it has none
 * @param decision the decision that the names of the flow's branches bear, as the holder's transaction manager named its transaction; empty as
 *     long as that is not known here
 * @param peer the other server; empty for what this one did by itself
 * @param kind which message
 * @param direction who sent it
 * @param moment before: it is about to be sent, or has just come; after: its answer has come, will not come, or is about to be sent
 * @param call the number of a WORK call, from 1, as the caller counts them; else 0
 * @param result how it ended; before it {@link Result#NONE}
 * @param detail what was said, for people; perhaps empty
 * @param time when, by this server's clock
 */
public record FlowEvent(
        UUID flow,
        String handle,
        String globalId,
        String decision,
        String peer,
        Kind kind,
        Direction direction,
        Moment moment,
        int call,
        Result result,
        String detail,
        Instant time) {

    /** The flow of an event that is about many, such as the answer to a batch of questions. */
    public static final UUID NO_FLOW = new UUID(0, 0);

    /** {@return whether the message had no effect that its sender knows of} */
    public boolean isFailure() {
        return result == Result.NO_ANSWER || result == Result.REFUSED;
    }

    /** The messages, and what a server does by itself. */
    public enum Kind {
        /** A request of the application that carries the flow. */
        WORK,
        /** The superior asks for a vote. */
        PREPARE,
        /** The superior has decided to commit. */
        COMMIT,
        /** The superior rolls back. */
        ROLLBACK,
        /** A server that was called asks its silent superior whether the flow lives. */
        ALIVE,
        /** A follower asks for the decision; who asks tells one event for each flow. */
        DECISIONS,
        /** A holder asks whether something is still prepared elsewhere; who asks tells one event for each flow. */
        PREPARED,
        /** The superior needs the decision no more; who sends it tells one event for each flow. */
        FORGET,
        /** Somebody looks at the flow. */
        EVENTS,
        /** A holder that voted and heard nothing rolls back; no message. */
        PATIENCE,
        /** The application is told that the outcome is not known yet; no message. */
        IN_DOUBT
    }

    /** Who sent a message. */
    public enum Direction {
        /** This server did. */
        OUT,
        /** The peer did. */
        IN
    }

    /** Before or after. */
    public enum Moment {
        /** The message is about to be sent, or has just come. */
        BEFORE,
        /** The answer has come, or is about to be sent, or will not come. */
        AFTER
    }

    /** How a message ended. */
    public enum Result {
        /** There is nothing to tell yet. */
        NONE,
        /** It was heard, and did what it is for; nothing is prepared there any more (PREPARED). */
        DONE,
        /** A vote of yes (PREPARE); something is still prepared there (PREPARED). */
        PREPARED,
        /** Nothing was written there (PREPARE). */
        NOTHING,
        /** A vote of no, and all is rolled back there (PREPARE). */
        NO,
        /** Committed (COMMIT, DECISIONS). */
        COMMIT,
        /** Committed, and not yet carried out everywhere (COMMIT). */
        COMMIT_PENDING,
        /** Rolled back (COMMIT, DECISIONS, PATIENCE); for DECISIONS: no row, and the asker was seen prepared. */
        ROLLBACK,
        /** No fact: the answer says that it does not know. */
        UNKNOWN,
        /** It was refused: untrusted, too late, repeated, or too many. */
        REFUSED,
        /** No answer, or none that is a fact: it may have been heard. */
        NO_ANSWER
    }
}
