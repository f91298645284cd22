package dev.lockstep.participant.observe;

import java.time.Instant;
import java.util.Set;

/**
 * A prepared branch, as of one look. Most are prepared for a millisecond only, in the hands of a living coordinator.
 *
 * @param gid its name in {@code pg_prepared_xacts}
 * @param globalId its transaction, as in {@link TransactionEvent#globalId}
 * @param participant the database that holds it, as in {@link TransactionEvent#participant}
 * @param branch role and index, to be shown, as in {@link TransactionEvent#branch}
 * @param isCommitPoint whether it is the commit point; else it is a follower
 * @param commitPoint the participant name of the database that keeps the decision
 * @param coordinator the name of the transaction manager that coordinates it
 * @param isCoordinatorAlive whether some process holds that name in the branch's database
 * @param isCoordinatorHere whether that process is this one; it may be a later incarnation than the one that prepared the branch
 * @param prepared when it was prepared, by its database's clock
 * @param evidence what is known of the decision
 * @param because the evidence in one sentence, in English
 * @param permitted what an operator may do with it on this evidence, without a heuristic; perhaps nothing
 */
public record BranchInDoubt(
        String gid,
        String globalId,
        String participant,
        String branch,
        boolean isCommitPoint,
        String commitPoint,
        String coordinator,
        boolean isCoordinatorAlive,
        boolean isCoordinatorHere,
        Instant prepared,
        Evidence evidence,
        String because,
        Set<Resolution> permitted) {

    /** Takes a copy of the set. */
    public BranchInDoubt {
        permitted = Set.copyOf(permitted);
    }
}
