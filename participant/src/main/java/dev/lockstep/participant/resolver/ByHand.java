package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.InDoubt;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.observe.SilentDatabase;
import dev.lockstep.participant.observe.Survey;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** R1 and R2 for people: shows the evidence, and ends a branch as an operator wishes if that does not contradict it. Thread-safe. */
public final class ByHand implements InDoubt {

    private final LocalTransactions local;

    /**
     * For one process.
     *
     * @param local knows the databases, and what this process itself has under way
     */
    public ByHand(LocalTransactions local) {
        this.local = local;
    }

    @Override
    public Survey survey() {
        List<BranchInDoubt> branches = new ArrayList<>();
        List<SilentDatabase> silent = new ArrayList<>();
        try (Sessions sessions = new Sessions(local, Level.DEBUG)) {
            for (ParticipantDatabase database : local.databases()) {
                try {
                    branches.addAll(new Look(local, sessions, database).atAll());
                } catch (SQLException e) {
                    silent.add(new SilentDatabase(database.id().name(), e.getMessage()));
                }
            }
        }
        return new Survey(branches, silent);
    }

    @Override
    public Reply settle(Instruction instruction) {
        Optional<BranchId> branch = BranchId.parse(instruction.gid());
        List<ParticipantDatabase> databases = local.databases().stream()
                .filter(database -> database.id().name().equals(instruction.participant()))
                .toList();
        if (branch.isEmpty() || databases.isEmpty()) {
            String refusal = branch.isEmpty()
                    ? "it is no branch of the participant's"
                    : "no connection pool of this process has led to a database of that name; those known are "
                            + local.databases();
            return new Reply(instruction, Outcome.REFUSED, Evidence.UNKNOWN, false, refusal);
        }
        try (Sessions sessions = new Sessions(local, Level.DEBUG)) {
            return new Attempt(local, sessions, instruction, branch.get()).in(databases);
        }
    }
}
