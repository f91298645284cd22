package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.time.Duration;

/**
 * Who keeps a transaction's decision, by whose name all its branches are called.
 *
 * @param decision the global id of the server that holds the commit point
 * @param database the database that keeps the row
 * @param kept how long the row is kept for who asks; zero if that was not told
 * @param member the commit point's branch, or the called server that has it; null if it is at the superior's side
 */
record Keeper(GlobalId decision, ParticipantId database, Duration kept, Member member) {

    static Keeper of(Branch commitPoint) {
        return new Keeper(
                commitPoint.transaction().id(),
                commitPoint.database().id(),
                commitPoint.database().limits().retention(),
                commitPoint);
    }

    /** {@return whether those that follow may prepare} */
    boolean isPrepared() {
        return member == null || member.isPrepared();
    }

    /** {@return whether the commit point is a branch of this process} */
    boolean isHere() {
        return member instanceof Branch;
    }
}
