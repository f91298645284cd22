package dev.lockstep.journal;

import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.TransactionEvent;

/**
 * A branch of a transaction.
 *
 * @param participant the database
 * @param branch role and index, to be shown, such as {@code C0}
 * @param isCommitPoint whether it is the commit point; else it is a follower
 */
public record Member(String participant, String branch, boolean isCommitPoint) {

    /** {@return whether its role is not known yet} */
    boolean isUnnamed() {
        return branch.startsWith("B");
    }

    static Member of(TransactionEvent event) {
        return new Member(event.participant(), event.branch(), event.isCommitPoint());
    }

    /**
     * The branch that a look at its database has found prepared.
     *
     * @param held what was found
     * @return its name among those of its transaction
     */
    public static Member of(BranchInDoubt held) {
        return new Member(held.participant(), held.branch(), held.isCommitPoint());
    }

    /** Written out, as {@link #hashCode} is: each step of each order asks for both, and a record's own were 2 % of a server's time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Member that
                && isCommitPoint == that.isCommitPoint
                && branch.equals(that.branch)
                && participant.equals(that.participant);
    }

    @Override
    public int hashCode() {
        return 31 * participant.hashCode() + branch.hashCode();
    }
}
