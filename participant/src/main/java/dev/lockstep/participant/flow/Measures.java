package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.ParticipantId;
import java.time.Duration;
import java.util.Map;

/** Hears in numbers what peers wait for here, and why decisions are kept. Called by threads that must go on: it returns at once. */
public interface Measures {

    /** Nobody listens. */
    Measures NONE = new Measures() {
        @Override
        public void waitedForSession(ParticipantId database, Duration howLong) {
            // Nobody listens.
        }

        @Override
        public void kept(ParticipantId database, Map<Reason, Long> rows) {
            // Nobody listens.
        }
    };

    /** Why a decision's row is still there. */
    enum Reason {
        /** The superior of a flow has not said that it needs it no more. */
        SUPERIOR,
        /** Its coordinator may ask for it, until the retention is over. */
        RETENTION,
        /** Something of it is still prepared in a follower's database. */
        PREPARED,
        /** A follower's database cannot be looked into: nobody who reaches it answers. */
        UNSEEN
    }

    /**
     * A peer's question has got one of the few sessions that answer peers, or has given up.
     *
     * @param database which
     * @param howLong it waited
     */
    void waitedForSession(ParticipantId database, Duration howLong);

    /**
     * The rows of a database, older than three seconds or of flows, that the latest round has left.
     *
     * @param database which
     * @param rows how many for which reason; at most 1,000 are looked at in one round
     */
    void kept(ParticipantId database, Map<Reason, Long> rows);
}
