package dev.lockstep.hold.control;

import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Rolls a prepared transaction back as an operator at the database could: if {@code ROLLBACK PREPARED} wins, that is the decision. */
final class ByHand {

    private static final Logger LOG = System.getLogger(ByHand.class.getName());

    private static final int ATTEMPTS = 3;

    private final String operator;
    private volatile boolean hasRolledBack;

    ByHand(String operator) {
        this.operator = operator;
    }

    /** {@return whether the commit point was rolled back, and so the whole transaction} */
    boolean hasRolledBack() {
        return hasRolledBack;
    }

    /** Tries to roll back; a database that does not answer even later lets the coordinator go on as if nothing had been said. */
    void rollBack(String globalId, Ending why) {
        for (int i = 0; i < ATTEMPTS && !hasRolledBack; i++) {
            commitPoint(globalId).map(branch -> settle(branch, why)).ifPresent(reply -> {
                hasRolledBack = reply.outcome() == Outcome.SETTLED;
                LOG.log(Level.INFO, "{0}: rolled back by hand ({1}): {2}", globalId, reply.outcome(), reply.because());
            });
        }
        if (!hasRolledBack) {
            LOG.log(Level.WARNING, globalId + ": could not be rolled back by hand, so its coordinator goes on");
        }
    }

    private static Optional<BranchInDoubt> commitPoint(String globalId) {
        return Transactions.inDoubt().survey().branches().stream()
                .filter(branch -> branch.globalId().equals(globalId))
                .filter(branch -> branch.branch().startsWith("C"))
                .findAny();
    }

    private Reply settle(BranchInDoubt commitPoint, Ending why) {
        return Transactions.inDoubt()
                .settle(new Instruction(
                        commitPoint.gid(),
                        commitPoint.participant(),
                        Resolution.ROLLBACK,
                        false,
                        operator,
                        "held before the decision, ended by " + why));
    }
}
