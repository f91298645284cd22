package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.util.Set;

/** What a superior asks a subordinate to prepare as. */
public sealed interface Order {

    /** {@return how the servers count those that they call, from 1, from the root to this one: {@code 2}, or nested {@code 2-1}} */
    String path();

    /**
     * The first that has written keeps the decision.
     *
     * @param followers the databases that may follow; the decision row names them, beside the subordinate's own
     * @param path the place of this server, at most 12 characters
     */
    record Hold(Set<ParticipantId> followers, String path) implements Order {

        /**
         * Takes a copy of the set.
         *
         * @throws IllegalArgumentException if the path is none
         */
        public Hold {
            followers = Set.copyOf(followers);
            BranchId.requirePath(path);
        }
    }

    /**
     * Another server holds the commit point, and has voted yes.
     *
     * @param decision the holder's global id, which the names of all followers bear
     * @param commitPoint the database that keeps the decision
     * @param path the place of this server, at most 12 characters
     */
    record Follow(GlobalId decision, ParticipantId commitPoint, String path) implements Order {

        /**
         * Checks the path.
         *
         * @throws IllegalArgumentException if it is none
         */
        public Follow {
            BranchId.requirePath(path);
        }
    }
}
