package dev.lockstep.journal;

import java.time.Instant;

/**
 * A message between two servers of a flow, as one of them saw it.
 *
 * @param kind what it says, such as PREPARE
 * @param peer the other server; empty for what this one did by itself
 * @param isSent whether this server sent it; else it received it
 * @param call the number of a call that works, from 1; else 0
 * @param from when it was sent or received
 * @param to when its answer came or went, or was given up; null while it is under way
 * @param outcome how it ended; empty while it is under way
 * @param reason what was said; perhaps empty
 */
public record Message(
        String kind, String peer, boolean isSent, int call, Instant from, Instant to, String outcome, String reason) {

    /** {@return whether it is under way} */
    public boolean isOpen() {
        return to == null;
    }

    boolean isOf(Message other) {
        return kind.equals(other.kind) && peer.equals(other.peer) && isSent == other.isSent && call == other.call;
    }

    boolean isLike(Message other) {
        return isOf(other) && outcome.equals(other.outcome) && !isOpen() && !other.isOpen();
    }

    Message ended(Message end) {
        return new Message(kind, peer, isSent, call, from, end.to, end.outcome, end.reason);
    }

    /** {@return whether it is about the decision's row, after the end, when nobody waits any more} */
    boolean isForgetting() {
        return is("FORGET") || is("PREPARED");
    }

    boolean is(String wanted) {
        return kind.equals(wanted);
    }

    boolean hasEnded(String... outcomes) {
        for (String wanted : outcomes) {
            if (outcome.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
