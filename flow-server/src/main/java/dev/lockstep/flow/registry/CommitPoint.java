package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Vote;
import java.util.Optional;

/**
 * Where a flow is decided, as far as this server knows; to be shown, and for nothing else.
 *
 * @param decision whose id the names of the flow's branches bear
 * @param database which keeps it
 */
record CommitPoint(GlobalId decision, ParticipantId database) {

    static Optional<CommitPoint> of(Vote vote) {
        return vote instanceof Vote.Prepared prepared
                ? Optional.of(new CommitPoint(prepared.decision(), prepared.commitPoint()))
                : Optional.empty();
    }

    /** {@return the server that is asked first; empty if a pool of this one leads to the database} */
    String asked(Here here) {
        boolean isReached =
                here.flows().databases().stream().anyMatch(known -> known.id().equals(database));
        return isReached ? "" : PeersAsked.holder(decision);
    }
}
